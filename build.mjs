/* Builds the front end: `npm run build`, `npm run watch`, `npm test`.
 *
 * A surface is a folder `charterdesk/<surface>/` (ui, portal, workspace, ...). What is written by hand, what is built:
 *
 *   <surface>/islands/<name>.ts        -> <surface>/static/<surface>/<name>.js    {% static "<surface>/<name>.js" %}
 *   <surface>/static/<name>.css        -> <surface>/static/<surface>/<name>.css   {% static "<surface>/<name>.css" %}
 *   <surface>/print-fonts.txt (npm paths) -> <surface>/static/<surface>/print/  what PDFs are set in
 *   ui/icons.txt (one lucide name a line) -> ui/static/ui/icons.svg               <use href="...icons.svg#<name>">
 *
 * - An island is an ES module (`<script type="module">`); islands of one surface share chunks. Files in subfolders
 *   of islands/ are parts to import, not entries; `<name>.test.ts` beside one is run by `npm test` under Node.
 * - htmx and its extensions are imported by an island: `import htmx from "htmx.org"`.
 * - A style sheet whose name starts with `_` is a part: `@import "./_parts.css"` joins it. Fonts come the same way,
 *   once, in ui: `@import "@fontsource-variable/inter/wght.css"`; the files land in static/<surface>/fonts/.
 * - Other static files written by hand (pictures) lie straight in <surface>/static/ too, named for their surface.
 * - Everything built has a second name that holds a hash of its content (`desk-2QK7M3XA.js`), and `manifest.json` says
 *   which: `{% static %}` gives that one, so that browsers may keep it for ever. Beside those lie what gzip and brotli
 *   make of them. A running desk goes on with the names it knows: what the build no longer makes stays for a day.
 * - `static/<surface>/` is ignored by git and packed into the wheel. `--watch` builds plain names alone.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";

const ROOT = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(ROOT, "charterdesk");
const TESTS = join(ROOT, "node_modules", ".cache", "charterdesk-tests");

/** Paths of the files straight in `folder` that end in `suffix`, sorted; none when there is no such folder. */
function filesIn(folder, suffix) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(suffix)).sort().map((name) => join(folder, name));
}

/** Every surface with something to build: its name, entries, tests and the folder built into. */
function surfaces() {
  return readdirSync(PACKAGE).sort().map((name) => {
    const home = join(PACKAGE, name);
    const scripts = filesIn(join(home, "islands"), ".ts");
    const styles = filesIn(join(home, "static"), ".css").filter((path) => !/[\\/]_[^\\/]*$/.test(path));
    return {
      name,
      islands: scripts.filter((path) => !path.endsWith(".test.ts") && !path.endsWith(".d.ts")),
      tests: scripts.filter((path) => path.endsWith(".test.ts")),
      styles,
      icons: join(home, "icons.txt"),
      printFonts: join(home, "print-fonts.txt"),
      out: join(home, "static", name),
    };
  }).filter((surface) => surface.islands.length || surface.styles.length || existsSync(surface.icons));
}

const DAY_MS = 24 * 3600 * 1000;
const HASHED = /-[A-Z2-7]{8}\.[a-z0-9]+$/;
const COMPRESSED = new Set([".js", ".css", ".svg"]);

const COMMON = {
  bundle: true,
  minify: true,
  sourcemap: false,
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  loader: { ".woff2": "file", ".woff": "empty", ".svg": "file", ".png": "file" },
  assetNames: "fonts/[name]",
  legalComments: "linked",
  logLevel: "warning",
};

/** The two esbuild runs of a surface: its islands (with shared chunks) and its style sheets. */
function runs({ islands, styles, out }) {
  const scripts = { ...COMMON, entryPoints: islands, outdir: out, format: "esm", splitting: true, chunkNames: "chunk-[hash]" };
  const sheets = { ...COMMON, entryPoints: styles, outdir: out };
  return [islands.length && scripts, styles.length && sheets].filter(Boolean);
}

/** Write the sprite of the icons named in `icons`; an unknown name stops the build. */
function writeSprite({ icons, out }) {
  if (!existsSync(icons)) return;
  const names = readFileSync(icons, "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const file = join(ROOT, "node_modules", "lucide-static", "icons", `${name}.svg`);
    if (!existsSync(file)) throw new Error(`${icons}: lucide has no icon "${name}"`);
    const drawing = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

/** Copy the fonts named in `printFonts`, paths below node_modules, and say where they lie; one that is missing stops the build. */
function copyPrintFonts({ printFonts, out }) {
  if (!existsSync(printFonts)) return [];
  const paths = readFileSync(printFonts, "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  mkdirSync(join(out, "print"), { recursive: true });
  return paths.map((path) => {
    const copy = join(out, "print", path.split("/").at(-1));
    copyFileSync(join(ROOT, "node_modules", path), copy);
    return copy;
  });
}

/** All files below `folder`. */
function everyFile(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => join(each.parentPath ?? each.path, each.name));
}

/** Eight letters and digits that say what a file holds, as esbuild writes them. */
function hashOf(file) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...createHash("sha256").update(readFileSync(file)).digest().subarray(0, 8)].map((byte) => letters[byte % 32]).join("");
}

/** What the servers hand out in place of `file` to whoever can unpack it. */
function compress(file) {
  const text = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  return [`${file}.gz`, `${file}.br`];
}

/** Give everything just built its name for ever, say in a manifest which is which, and drop what is old. */
function settle(surface, built) {
  const manifest = {};
  const kept = new Set(built);
  const web = (file) => `${surface.name}/${relative(surface.out, file).split(sep).join("/")}`;
  for (const file of built) {
    if (![".js", ".css", ".svg", ".woff2"].includes(extname(file))) continue;
    let hashed = file;
    if (!HASHED.test(file)) {
      hashed = file.replace(/(\.[a-z0-9]+)$/, `-${hashOf(file)}$1`);
      copyFileSync(file, hashed);
    }
    manifest[web(hashed).replace(/-[A-Z2-7]{8}(\.[a-z0-9]+)$/, "$1")] = web(hashed);
    kept.add(hashed);
    if (COMPRESSED.has(extname(hashed))) compress(hashed).forEach((each) => kept.add(each));
  }
  const list = join(surface.out, "manifest.json");
  writeFileSync(list, `${JSON.stringify(manifest, null, 1)}\n`);
  kept.add(list);
  for (const file of everyFile(surface.out)) {
    if (!kept.has(file) && (process.argv.includes("--fresh") || Date.now() - statSync(file).mtimeMs > DAY_MS)) rmSync(file);
  }
}

async function build(watch) {
  for (const surface of surfaces()) {
    if (watch) rmSync(surface.out, { recursive: true, force: true });
    writeSprite(surface);
    const built = existsSync(surface.icons) ? [join(surface.out, "icons.svg")] : [];
    built.push(...copyPrintFonts(surface));
    for (const options of runs(surface)) {
      if (watch) await (await esbuild.context({ ...options, minify: false, sourcemap: "linked", logLevel: "info" })).watch();
      else {
        const { metafile } = await esbuild.build({ ...options, assetNames: "fonts/[name]-[hash]", metafile: true });
        built.push(...Object.keys(metafile.outputs).map((output) => join(ROOT, output)));
      }
    }
    if (!watch) settle(surface, built);
    const count = surface.islands.length + surface.styles.length;
    console.log(`built ${surface.name}: ${count} ${count === 1 ? "entry" : "entries"}`);
  }
}

/** Bundle the islands' tests for Node and run them there; Node's runner gives the exit code. */
async function test() {
  const entryPoints = surfaces().flatMap((surface) => surface.tests);
  if (!entryPoints.length) return console.log("no island has a test");
  rmSync(TESTS, { recursive: true, force: true });
  await esbuild.build({
    bundle: true, platform: "node", format: "esm", packages: "external", sourcemap: "inline", logLevel: "warning",
    entryPoints, outdir: TESTS, outbase: PACKAGE, outExtension: { ".js": ".mjs" },
  });
  const built = entryPoints.map((path) => join(TESTS, path.slice(PACKAGE.length).replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
}

if (process.argv.includes("--test")) await test();
else await build(process.argv.includes("--watch"));
