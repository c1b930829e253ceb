/* The surface one writes on, over the plain field. What formats it is fetched when somebody begins to write. */
import type { Rich } from "./rich.ts";

export type Editor = {
  surface: HTMLElement;
  html: () => string;
  /** The rich text editor, once it has come. */
  rich: () => Promise<Rich>;
  focus: () => void;
};

/** What a person typed is empty when it holds neither text nor pictures. */
export function isEmpty(html: string): boolean {
  return html.replace(/<(?!img)[^>]*>/gi, "").replace(/&nbsp;|\s|\u200b/g, "") === "";
}

/** The command of a key with Ctrl or Cmd; "" for none. */
export function commandOf(key: string, isShifted: boolean): string {
  if (!isShifted) return { b: "bold", i: "italic", d: "code", "\\": "clear" }[key.toLowerCase()] ?? "";
  return { "*": "bullets", "8": "bullets", "(": "numbers", "9": "numbers", ">": "quote", ".": "quote", h: "heading" }[key.toLowerCase()] ?? "";
}

function makeSurface(plain: HTMLTextAreaElement, written: string): HTMLElement {
  const surface = document.createElement("div");
  surface.className = "composer-rich";
  surface.contentEditable = "true";
  surface.setAttribute("role", "textbox");
  surface.setAttribute("aria-multiline", "true");
  surface.setAttribute("aria-label", plain.getAttribute("aria-label") ?? "");
  surface.dir = "auto";
  surface.dataset["placeholder"] = plain.placeholder;
  surface.innerHTML = written; // made safe by the server, which keeps nothing else
  return surface;
}

/** Show which buttons hold at the caret. */
function markButtons(form: HTMLElement, rich: Rich): void {
  for (const button of form.querySelectorAll<HTMLElement>("[data-format]")) {
    button.setAttribute("aria-pressed", String(rich.isOn(button.dataset["format"] ?? "")));
  }
}

/** Put a rich text surface over the plain field in `form`, or in a part of one. */
export function makeEditor(form: HTMLElement): Editor {
  const plain = form.querySelector<HTMLTextAreaElement>(".composer-plain")!;
  const hidden = form.querySelector<HTMLInputElement>("input.composer-html")!;
  const surface = makeSurface(plain, form.dataset["written"] ?? "");
  const hadFocus = document.activeElement === plain;
  if (hadFocus && plain.value) surface.textContent = plain.value; // typed before this came
  plain.before(surface);
  plain.hidden = true;
  let coming: Promise<Rich> | null = null;
  let made: Rich | null = null;
  const html = () => {
    const written = made ? made.html() : surface.innerHTML;
    return isEmpty(written) ? "" : written;
  };
  const writeBack = () => {
    hidden.value = html();
    plain.value = surface.innerText;
    surface.classList.toggle("is-empty", hidden.value === "" && !surface.querySelector("li, blockquote, pre, h3"));
  };
  const rich = () =>
    (coming ??= import("./rich.ts").then(({ makeRich }) => {
      made = makeRich(surface);
      made.onMove(() => made && markButtons(form, made));
      writeBack();
      return made;
    }));
  surface.addEventListener("focusin", () => void rich());
  surface.addEventListener("paste", (event) => {
    if (made || event.clipboardData?.files.length) return;
    event.preventDefault(); // before the editor has come nothing can be cleaned
    event.stopImmediatePropagation();
    const data = event.clipboardData;
    const [html_, text] = [data?.getData("text/html"), data?.getData("text/plain") ?? ""];
    void rich().then((come) => come.insert(html_ || text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)));
  }, { capture: true });
  surface.addEventListener("input", writeBack);
  surface.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey ? commandOf(event.key, event.shiftKey) : "";
    if (!command) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void rich().then((come) => come.format(command));
  }, { capture: true }); // before Squire, which listens on the way down
  form.addEventListener("click", (event) => {
    const command = (event.target as Element).closest<HTMLElement>("[data-format]")?.dataset["format"];
    if (command && command !== "link") void rich().then((come) => come.format(command));
  });
  if (hadFocus) surface.focus(); // else the next letters would be commands
  writeBack();
  return { surface, html, rich, focus: () => surface.focus() };
}
