/* Pasted HTML without its clothes: what mail programs show alike stays, what word processors add goes. */
const KEPT = new Set("B I U S A P BR UL OL LI BLOCKQUOTE PRE CODE H3 H4 SUB SUP IMG TABLE THEAD TBODY TR TD TH HR".split(" "));
const RENAMED: Record<string, string> = {
  STRONG: "B", EM: "I", DEL: "S", STRIKE: "S", DIV: "P", TT: "CODE", KBD: "CODE",
};
const DROPPED = new Set("STYLE SCRIPT META LINK TITLE HEAD XML TEMPLATE NOSCRIPT OBJECT IFRAME SVG BUTTON INPUT SELECT TEXTAREA".split(" "));
const BLOCKS = new Set("P UL OL LI BLOCKQUOTE PRE H3 H4 TABLE HR".split(" "));
/** A picture of ours: a file that lies at the desk. */
const OURS = /^(?:[a-z]+:\/\/[^/]+)?(\/desk\/files\/\d+\?show=1|\/help\/files\/\d+)$/;

type Depth = { level: number; ordered: boolean };

/** What Word says of a paragraph that stands in a list: how deep, and whether it is numbered. */
export function listDepth(style: string, marker: string): Depth | null {
  const found = /mso-list:[^;]*\blevel(\d)/i.exec(style);
  return found ? { level: Number(found[1]), ordered: /^[\s(]*[0-9a-z]{1,4}[.)]/i.test(marker) } : null;
}

/** An address that may be linked to; "" for any other. */
export function safeAddress(href: string): string {
  const trimmed = href.trim();
  if (/^(?:https?|mailto|tel):/i.test(trimmed)) return trimmed;
  return /^[\w.-]+\.[a-z]{2,}(?:[/?#]|$)/i.test(trimmed) ? `https://${trimmed}` : "";
}

/* The page's policy lets neither style attributes nor handlers be: they are renamed before anything is parsed. */
const styleOf = (element: Element) => element.getAttribute("data-style") ?? "";
const undressed = (html: string) =>
  html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style").replace(/\son\w+(?=\s*=)/gi, " data-gone"));

/** What a span of a word processor means: Google and Word say bold by style, and undo it by style. */
function meant(element: HTMLElement, name: string): string[] {
  const styled = (what: string) => new RegExp(`(?:^|;)\\s*${what}\\s*:\\s*([\\w-]+)`, "i").exec(styleOf(element))?.[1]?.toLowerCase() ?? "";
  const [fontWeight, fontStyle] = [styled("font-weight"), styled("font-style")];
  const isBold = fontWeight === "bold" || Number(fontWeight) >= 600;
  if (name === "B" || name === "I") {
    const isUndone = name === "B" ? fontWeight === "normal" || fontWeight === "400" : fontStyle === "normal";
    return isUndone ? [] : [name];
  }
  if (name !== "SPAN" && name !== "FONT") return KEPT.has(name) ? [name] : [];
  return [...(isBold ? ["B"] : []), ...(fontStyle === "italic" ? ["I"] : [])];
}

function dress(element: HTMLElement, made: HTMLElement): HTMLElement | null {
  if (made.nodeName === "A") {
    const href = safeAddress(element.getAttribute("href") ?? "");
    if (!href) return null;
    made.setAttribute("href", href);
  } else if (made.nodeName === "IMG") {
    const source = OURS.exec(element.getAttribute("src") ?? "")?.[1];
    if (!source) return null;
    made.setAttribute("src", source);
    made.setAttribute("alt", element.getAttribute("alt") ?? "");
  } else if (made.nodeName === "TD" || made.nodeName === "TH") {
    for (const name of ["colspan", "rowspan"]) if (element.hasAttribute(name)) made.setAttribute(name, element.getAttribute(name)!);
  }
  return made;
}

/** Headings in two levels: those of the highest that is there, and all below it. */
function levelled(root: HTMLElement): void {
  const headings = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const top = headings.map((heading) => heading.nodeName).sort()[0];
  for (const heading of headings) {
    const made = root.ownerDocument.createElement(heading.nodeName === top ? "h3" : "h4");
    made.append(...heading.childNodes);
    heading.replaceWith(made);
  }
}

function copy(node: Node, into: Node): void {
  if (node.nodeType === Node.TEXT_NODE) {
    const isKept = into.nodeName === "PRE" || (into as Element).closest?.("pre");
    into.appendChild(document.createTextNode(isKept ? node.textContent! : node.textContent!.replace(/[\t\n\r]+/g, " ")));
    return;
  }
  if (!(node instanceof HTMLElement)) return; // comments, and what belongs to no page
  const name = RENAMED[node.nodeName] ?? node.nodeName;
  if (DROPPED.has(name) || /mso-list:\s*ignore/i.test(styleOf(node))) return;
  const isNested = name === "P" && [...node.children].some((child) => BLOCKS.has(RENAMED[child.nodeName] ?? child.nodeName));
  let home = into;
  for (const tag of isNested ? [] : meant(node, name)) {
    const made = dress(node, document.createElement(tag));
    if (made) home = home.appendChild(made);
  }
  node.childNodes.forEach((child) => copy(child, home));
}

/** Word writes lists as paragraphs that look like lists: make lists of them. */
function listsOfWord(root: HTMLElement): void {
  const page = root.ownerDocument; // never ours: pictures would be fetched
  for (const paragraph of [...root.querySelectorAll<HTMLElement>("p[data-style*='mso-list']")]) {
    if (!paragraph.parentNode) continue;
    const stack: { list: HTMLElement; level: number }[] = [];
    let next: Element | null = paragraph;
    while (next instanceof HTMLElement && next.nodeName === "P") {
      const marker = next.querySelector<HTMLElement>("[data-style*='mso-list:']")?.textContent ?? next.textContent ?? "";
      const depth = listDepth(styleOf(next), marker);
      if (!depth) break;
      const after: Element | null = next.nextElementSibling;
      while (stack.length && stack.at(-1)!.level > depth.level) stack.pop();
      if (!stack.length || stack.at(-1)!.level < depth.level) {
        const list = page.createElement(depth.ordered ? "ol" : "ul");
        if (stack.length) (stack.at(-1)!.list.lastElementChild ?? stack.at(-1)!.list).append(list);
        else next.before(list);
        stack.push({ list, level: depth.level });
      }
      const item = page.createElement("li");
      item.append(...next.childNodes);
      stack.at(-1)!.list.append(item);
      next.remove();
      next = after;
    }
  }
}

/** Untrusted `html` as what the editor holds. Parsed in a document of its own: nothing of it runs or is fetched. */
export function cleanFragment(html: string): DocumentFragment {
  const between = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/.exec(html)?.[1] ?? html;
  const parsed = new DOMParser().parseFromString(undressed(between.replace(/<\/?o:p[^>]*>/gi, "")), "text/html");
  const fragment = document.createDocumentFragment();
  listsOfWord(parsed.body);
  levelled(parsed.body);
  parsed.body.childNodes.forEach((child) => copy(child, fragment));
  for (const empty of fragment.querySelectorAll("b:empty, i:empty, a:empty, code:empty")) empty.remove();
  return fragment;
}
