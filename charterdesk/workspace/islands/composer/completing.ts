/* What completes while one writes: "/" finds macros, in a note "@" finds colleagues. Arrows choose, Enter takes. */
import type { Editor } from "./editor.ts";

const QUIET_MS = 120;
export type Asked = { sign: "/" | "@"; words: string };
export type Take = (option: HTMLElement, length: number) => Promise<void>;

/** What is asked for by the text before the caret; null for nothing. Slash only where a word begins. */
export function asked(before: string, isNote: boolean): Asked | null {
  const found = /(?:^|[\s\u200b(])([/@])([^\s/@][^/@\n]{0,30})?$/u.exec(before.replace(/\u00a0/g, " "));
  if (!found || (found[1] === "@" && !isNote)) return null;
  const words = found[2] ?? "";
  if (found[1] === "@" ? words.split(" ").length > 3 : /\s{2}/.test(words)) return null;
  return { sign: found[1] as "/" | "@", words };
}

function beforeCaret(surface: HTMLElement): string | null {
  const selection = getSelection();
  const node = selection?.anchorNode;
  if (!selection?.isCollapsed || !node || node.nodeType !== Node.TEXT_NODE || !surface.contains(node)) return null;
  return node.textContent?.slice(0, selection.anchorOffset) ?? "";
}

export function listenForCompletion(form: HTMLFormElement, editor: Editor, take: Record<Asked["sign"], Take>): void {
  const list = form.querySelector<HTMLElement>(".composer-offers");
  if (!list) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted: Asked | null = null;
  let dismissed = "";

  const options = () => [...list.querySelectorAll<HTMLElement>("[role='option']:not([aria-disabled])")];
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    editor.surface.removeAttribute("aria-activedescendant");
    wanted = null;
  };
  const select = (option: HTMLElement | undefined) => {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) editor.surface.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  };
  const offer = async () => {
    const is = wanted;
    if (!is) return;
    const address = list.dataset[is.sign === "/" ? "macros" : "mentions"] ?? "";
    const answer = await fetch(`${address}?q=${encodeURIComponent(is.words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || wanted !== is) return;
    list.innerHTML = await answer.text();
    list.hidden = !list.querySelector("[role='option']"); // where nothing fits it may say so
    select(options()[0]);
  };
  const look = () => {
    const before = beforeCaret(editor.surface);
    const kind = String(new FormData(form).get("kind"));
    const found = before === null ? null : asked(before, kind === "note");
    if (!found || `${found.sign}${found.words}`.startsWith(dismissed || "\n")) {
      if (!found) dismissed = "";
      return close();
    }
    wanted = found;
    clearTimeout(timer);
    timer = setTimeout(() => void offer(), QUIET_MS);
  };
  const choose = (option: HTMLElement) => {
    const length = 1 + (wanted?.words.length ?? 0);
    const sign = wanted?.sign ?? "/";
    close();
    void take[sign](option, length);
  };
  editor.surface.addEventListener("input", look);
  editor.surface.addEventListener("blur", () => setTimeout(() => {
    const active = document.activeElement; // whoever is back goes on with what is offered
    if (active !== editor.surface && !list.contains(active)) close();
  }, 200));
  list.addEventListener("pointerdown", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role='option']:not([aria-disabled])");
    event.preventDefault(); // the caret stays where it is
    if (option) choose(option);
  });
  form.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const current = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (!all.length && event.key !== "Escape") return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") select(all[(current + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    else if (event.key === "Escape") {
      dismissed = `${wanted?.sign ?? ""}${wanted?.words ?? ""}`;
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && all[current]) choose(all[current]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
