/* Selecting rows: a click on the box, with Shift up to it, X at the keyboard; and the count in the bar. */
let anchor: HTMLInputElement | null = null;

const boxes = () => [...document.querySelectorAll<HTMLInputElement>("#rows .row-check")];

/** The boxes from one to the other, both included, whichever comes first. */
export function between<T>(all: T[], one: T, other: T): T[] {
  const [from, to] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b) as [number, number];
  return from < 0 ? [] : all.slice(from, to + 1);
}

function count(): void {
  const said = document.querySelector<HTMLElement>(".bulk-count");
  if (!said) return;
  const n = boxes().filter((box) => box.checked).length;
  const text = n === 1 ? said.dataset["one"] : said.dataset["many"]?.replace("{n}", n.toLocaleString(document.documentElement.lang));
  said.textContent = n ? (text ?? "") : "";
}

function selectAll(checked: boolean): void {
  for (const box of boxes()) box.checked = checked;
  anchor = null;
  count();
}

/** Select or let go of the row that is focused, else of the one that is open. */
export function toggleRow(): void {
  const row = document.activeElement?.closest("#rows .ticket-row") ?? document.querySelector("#rows .ticket-row:has([aria-current])");
  const box = row?.querySelector<HTMLInputElement>(".row-check");
  if (!box) return;
  box.checked = !box.checked;
  anchor = box;
  count();
}

function clicked(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const what = target.closest<HTMLElement>("[data-bulk]")?.dataset["bulk"];
  if (what) {
    event.preventDefault();
    return selectAll(what === "all");
  }
  if (!(target instanceof HTMLInputElement) || !target.matches("#rows .row-check")) return;
  if (event.shiftKey && anchor) for (const box of between(boxes(), anchor, target)) box.checked = target.checked;
  anchor = target;
  count();
}

export function listenForSelection(document: Document): void {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], details[open]") && boxes().some((box) => box.checked)) selectAll(false);
  });
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: { sourceElement?: Element; request?: { headers: Record<string, string> } } }>).detail;
    if (ctx?.sourceElement?.id === "bulk" && ctx.request) ctx.request.headers["X-Rows"] = String(boxes().length);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: { sourceElement?: Element } }>).detail;
    if (ctx?.sourceElement?.id === "bulk") {
      selectAll(false);
      document.querySelectorAll<HTMLDetailsElement>("#bulk details[open]").forEach((menu) => (menu.open = false));
    } else count();
  });
}
