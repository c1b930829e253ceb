/* The open ticket's row is marked; J and K go to the next one. */
export function rowLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#rows .ticket-row a")];
}

export function markOpenRow(): void {
  for (const link of rowLinks()) {
    const isOpen = new URL(link.href).pathname === location.pathname;
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** Which of `count` rows is opened from row `current` (-1: none) by going `step`; none beyond the ends. */
export function nextRow(count: number, current: number, step: number): number | null {
  if (count === 0) return null;
  if (current < 0) return step > 0 ? 0 : count - 1;
  const next = current + step;
  return next < 0 || next >= count ? null : next;
}

export function openNeighbour(step: number): void {
  const links = rowLinks();
  const next = nextRow(links.length, links.findIndex((link) => link.hasAttribute("aria-current")), step);
  if (next === null) return;
  links[next]?.scrollIntoView({ block: "nearest" });
  links[next]?.click();
}
