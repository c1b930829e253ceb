/* A link on the selected words: the address is asked for in a line of its own; Enter puts it, Escape lets it be. */
import type { Editor } from "./editor.ts";

export function listenForLinks(form: HTMLElement, editor: Editor): void {
  const line = form.querySelector<HTMLElement>(".composer-link");
  const field = line?.querySelector<HTMLInputElement>("input");
  if (!line || !field) return;
  let range: Range | null = null;

  const open = async () => {
    const selection = getSelection();
    range = selection?.rangeCount && editor.surface.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
    field.value = (await editor.rich()).linkAt();
    line.hidden = false;
    field.focus();
    field.select();
  };
  const close = () => {
    line.hidden = true;
    editor.focus();
    const selection = getSelection();
    if (range) {
      selection?.removeAllRanges();
      selection?.addRange(range);
    }
  };
  const put = async () => {
    const address = field.value.trim();
    close();
    (await editor.rich()).link(address);
  };
  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-format='link']")) void open();
    else if (target.closest("[data-links]")) void put();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") void put();
    else close();
  });
  editor.surface.addEventListener("keydown", (event) => {
    // With words selected Ctrl K is a link; without, the palette.
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || getSelection()?.isCollapsed) return;
    event.preventDefault();
    event.stopPropagation();
    void open();
  }, { capture: true });
}
