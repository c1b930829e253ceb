/* Builds the front end: `npm run build`, `npm run watch`, `npm test`.
 *
 * A surface is a folder `charterdesk/<surface>/` (ui, portal, workspace, ...). What is written by hand, what is built:
 *
 *   <surface>/islands/<name>.ts        -> <surface>/static/<surface>/<name>.js    {% static "<surface>/<name>.js" %}
 *   <surface>/static/<name>.css        -> <surface>/static/<surface>/<name>.css   {% static "<surface>/<name>.css" %}
 *   ui/icons.txt (one lucide name a line) -> ui/static/ui/icons.svg               <use href="...icons.svg#<name>">
 *
 * - An island is an ES module (`<script type="module">`); islands of one surface share chunks. Files in subfolders
 *   of islands/ are parts to import, not entries; `<name>.test.ts` beside one is run by `npm test` under Node.
 * - htmx and its extensions are imported by an island: `import htmx from "htmx.org"`.
 * - A style sheet whose name starts with `_` is a part: `@import "./_parts.css"` joins it. Fonts come the same way,
 *   once, in ui: `@import "@fontsource-variable/inter/wght.css"`; the files land in static/<surface>/fonts/.
 * - Other static files written by hand (pictures) lie straight in <surface>/static/ too, named for their surface.
 * - `static/<surface>/` is ignored by git, emptied by each build, and packed into the wheel.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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
      out: join(home, "static", name),
    };
  }).filter((surface) => surface.islands.length || surface.styles.length || existsSync(surface.icons));
}

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

async function build(watch) {
  for (const surface of surfaces()) {
    rmSync(surface.out, { recursive: true, force: true });
    writeSprite(surface);
    for (const options of runs(surface)) {
      if (watch) await (await esbuild.context({ ...options, minify: false, sourcemap: "linked", logLevel: "info" })).watch();
      else await esbuild.build(options);
    }
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
