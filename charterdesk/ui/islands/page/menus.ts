/* Menus are <details class="menu">: one is open at a time, Escape, a choice or a click elsewhere closes, arrows move. */
const OPEN = "details.menu[open]";

function close(menu: Element, { focus }: { focus: boolean }): void {
  menu.removeAttribute("open");
  if (focus) menu.querySelector<HTMLElement>("summary")?.focus();
}

/** The item `step` after the focused one, round and round. */
export function neighbour<T>(items: T[], current: T | null, step: number): T | undefined {
  const index = current === null ? -1 : items.indexOf(current);
  const start = index < 0 && step < 0 ? 0 : index;
  return items[(start + step + items.length) % items.length];
}

function move(menu: Element, step: number): void {
  const items = [...menu.querySelectorAll<HTMLElement>(".menu-item:not([hidden]):not(:disabled)")];
  neighbour(items, document.activeElement as HTMLElement | null, step)?.focus();
}

function press(event: KeyboardEvent): void {
  const menu = (event.target as Element).closest?.(OPEN);
  if (!menu) return;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (event.key === "Escape") close(menu, { focus: true });
  else if (step && !(event.target instanceof HTMLSelectElement)) move(menu, step);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function listenForMenus(document: Document): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target as Node)) close(menu, { focus: false });
    }
  });
  document.addEventListener("keydown", press);
  // The form has been read by then: what is chosen is sent, and the menu is done.
  document.addEventListener("submit", (event) => {
    const menu = (event.target as Element).closest(OPEN);
    if (menu) setTimeout(() => close(menu, { focus: true }));
  });
}
