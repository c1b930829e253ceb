/* What may answer a question while it is typed: arrows choose, Enter goes there, Escape puts it away. */

/** Which of `count` suggestions is chosen after a step from `current` (-1: none): round, past what was typed. */
export function step(current: number, by: number, count: number): number {
  return ((current + 1 + by + (count + 1)) % (count + 1)) - 1;
}

export default function suggest(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const box = form.querySelector<HTMLElement>(".suggestions");
  if (!input || !box) return;
  const options = () => [...box.querySelectorAll<HTMLElement>("[role='option']")];
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  const choose = (at: number) => {
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = options()[at];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (isShown: boolean) => {
    box.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
    if (!isShown) choose(-1);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", box.id);
  input.setAttribute("aria-autocomplete", "list");
  show(false);
  box.addEventListener("htmx:after:swap", () => show(options().length > 0 && document.activeElement === input));
  input.addEventListener("htmx:after:swap", () => show(options().length > 0 && document.activeElement === input));
  input.addEventListener("focus", () => show(options().length > 0 && input.value !== ""));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget as Node | null)) show(false);
  });
  input.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    const at = chosen();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(step(at, event.key === "ArrowDown" ? 1 : -1, options().length));
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && at >= 0) options()[at]?.click();
    else return;
    event.preventDefault();
  });
}
