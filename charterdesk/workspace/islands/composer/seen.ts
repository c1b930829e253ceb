/* What the writer had seen when they began: sending is refused if others wrote since, until they have read that too. */
import type { Editor } from "./editor.ts";

/** The highest number among ids such as "message-17"; 0 for none. */
export function newest(ids: Iterable<string>): number {
  return Math.max(0, ...[...ids].map((id) => Number(/^message-(\d+)$/.exec(id)?.[1] ?? 0)));
}

const shown = () => newest([...document.querySelectorAll("#tail .message")].map((message) => message.id));

export function noteWhatIsSeen(form: HTMLFormElement, editor: Editor): void {
  const seen = form.querySelector<HTMLInputElement>("input[name='seen']");
  if (!seen) return;
  const raise = (to: number) => {
    if (to > Number(seen.value)) seen.value = String(to);
  };
  let wasEmpty = editor.html() === "";
  form.addEventListener("input", () => {
    const told = form.querySelector<HTMLButtonElement>("button[name='anyway']");
    if (told) {
      raise(Number(told.value)); // they read it and changed their text
      form.querySelector("#composer-errors")?.replaceChildren();
    }
    if (wasEmpty) raise(shown()); // what stood there when they began
    wasEmpty = editor.html() === "";
  }, { capture: true });
}
