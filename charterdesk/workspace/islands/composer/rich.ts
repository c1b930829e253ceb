/* The rich text editor (Squire), fetched when somebody begins to write. */
import Squire from "squire-rte";
import { cleanFragment, safeAddress } from "./clean.ts";

export type Rich = {
  html: () => string;
  /** Do what a button or key says: "bold", "link", "quote" and so on. */
  format: (command: string) => void;
  insert: (html: string) => void;
  /** Put `html` in place of the `length` characters before the caret. */
  replace: (length: number, html: string) => void;
  /** Whether the text at the caret is formatted so. */
  isOn: (command: string) => boolean;
  onMove: (listen: () => void) => void;
  link: (address: string) => void;
  linkAt: () => string;
};

/** The break that editors need at the end of a block that is not empty; mails don't. */
const IDLE_BREAK = /(?<!<(?:p|li|h3|h4|td|th|blockquote|pre)>)<br>(?=<\/(?:p|li|h3|h4|td|th)>)/g;

const TAGS: Record<string, string> = {
  bold: "B", italic: "I", bullets: "UL", numbers: "OL", quote: "BLOCKQUOTE", code: "CODE", heading: "H3", link: "A",
};

/** Where the caret is: in which of the blocks, after how many of its characters, and after how many of all. */
type Caret = { block: number; blocks: number; within: number; all: number };

const blocksOf = (root: HTMLElement) => [...root.querySelectorAll<HTMLElement>("p, div, li, h3, h4, pre, td, th")];

/** Where the caret is in `root`; null when it is elsewhere. An empty paragraph has no characters, so they alone don't say. */
function caretIn(root: HTMLElement): Caret | null {
  const selection = getSelection();
  if (!selection?.rangeCount || !root.contains(selection.anchorNode)) return null;
  const end = selection.getRangeAt(0);
  const before = (part: HTMLElement) => {
    const range = end.cloneRange();
    range.setStart(part, 0);
    return range.toString().length;
  };
  const blocks = blocksOf(root);
  const block = blocks.findLastIndex((each) => each.contains(end.endContainer));
  return { block, blocks: blocks.length, within: before(blocks[block] ?? root), all: before(root) };
}

/** Put the caret back where it was, in the blocks that the editor made of those there were. */
function putCaret(editor: Squire, root: HTMLElement, caret: Caret): void {
  const blocks = blocksOf(root);
  const home = blocks.length === caret.blocks ? blocks[caret.block] : undefined;
  const walker = document.createTreeWalker(home ?? root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let left = home ? caret.within : caret.all;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      range.setStart(node, left);
      editor.setSelection(range);
      return;
    }
    left -= length;
  }
  if (home) {
    range.setStart(home, 0);
    editor.setSelection(range);
  } else editor.moveCursorToEnd();
}

function toggle(editor: Squire, tag: string, put: () => void, remove: () => void): void {
  if (isIn(editor, tag)) remove();
  else put();
}

const isIn = (editor: Squire, tag: string) => editor.hasFormat(tag) || new RegExp(`(?:^|>)${tag}(?:[.>\\[]|$)`).test(editor.getPath());

/** Make the paragraphs of the selection headings, or headings paragraphs again. */
function heading(editor: Squire): void {
  const to = isIn(editor, "H3") ? "p" : "h3";
  editor.modifyBlocks((fragment) => {
    for (const block of [...fragment.querySelectorAll("p, h3")]) {
      const made = document.createElement(to);
      made.append(...block.childNodes);
      block.replaceWith(made);
    }
    return fragment;
  });
}

function commands(editor: Squire): Record<string, () => void> {
  return {
    bold: () => toggle(editor, "B", () => editor.bold(), () => editor.removeBold()),
    italic: () => toggle(editor, "I", () => editor.italic(), () => editor.removeItalic()),
    bullets: () => toggle(editor, "UL", () => editor.makeUnorderedList(), () => editor.removeList()),
    numbers: () => toggle(editor, "OL", () => editor.makeOrderedList(), () => editor.removeList()),
    quote: () => toggle(editor, "BLOCKQUOTE", () => editor.increaseQuoteLevel(), () => editor.removeQuote()),
    code: () => editor.toggleCode(),
    heading: () => heading(editor),
    clear: () => editor.removeAllFormatting(),
  };
}

export function makeRich(root: HTMLElement): Rich {
  const [before, caret] = [root.innerHTML, caretIn(root)];
  const editor = new Squire(root, {
    blockTag: "P",
    sanitizeToDOMFragment: (html: string) => cleanFragment(html),
    undo: { documentSizeThreshold: -1, undoLimit: 200 },
    didError: (error: unknown) => console.warn(error),
  });
  editor.setHTML(before);
  // It came while somebody was writing: it has not seen the focus come, and would take the caret for lost.
  if (document.activeElement === root) root.dispatchEvent(new FocusEvent("focus"));
  if (caret !== null) putCaret(editor, root, caret);
  const known = commands(editor);
  let last = editor.getHTML();
  // What buttons do is told as typing is, so that the draft is kept.
  editor.addEventListener("input", () => {
    const html = editor.getHTML();
    if (html !== last) root.dispatchEvent(new InputEvent("input", { bubbles: true }));
    last = html;
  });
  const rich: Rich = {
    html: () => editor.getHTML().replace(IDLE_BREAK, ""),
    format: (command) => {
      editor.focus();
      known[command]?.();
    },
    insert: (html) => {
      editor.focus();
      editor.insertHTML(html);
    },
    replace: (length, html) => {
      const range = editor.getSelection().cloneRange();
      range.setStart(range.startContainer, Math.max(0, range.startOffset - length));
      editor.setSelection(range);
      editor.insertHTML(html);
    },
    isOn: (command) => isIn(editor, TAGS[command] ?? "NONE"),
    onMove: (listen) => {
      editor.addEventListener("pathChange", listen);
      editor.addEventListener("select", listen);
    },
    link: (address) => {
      editor.focus();
      const href = safeAddress(address);
      if (!address) editor.removeLink();
      else if (href) editor.makeLink(href);
    },
    linkAt: () => {
      const node = getSelection()?.anchorNode;
      return (node instanceof Element ? node : node?.parentElement)?.closest("a")?.getAttribute("href") ?? "";
    },
  };
  return rich;
}
