/* The list fetched anew: at once when nobody is at it, else a button says that it changed. */
type Htmx = { ajax: (verb: string, path: string, options: object) => Promise<void>; trigger: (on: Element, name: string) => void };

const htmx = () => (window as unknown as { htmx: Htmx }).htmx;

function isInUse(scroll: HTMLElement): boolean {
  return scroll.scrollTop > 0 || scroll.matches(":hover") || scroll.contains(document.activeElement);
}

/** The rows' ids, from an answer or from the page. */
export function idsIn(html: string): string[] {
  return [...html.matchAll(/id="(row-\d+)"/g)].map((found) => found[1] ?? "");
}

/** Whether putting `fresh` in place of `shown` would move rows: only then somebody at the list is asked first. */
export function moves(shown: string[], fresh: string[]): boolean {
  return shown.join() !== fresh.join();
}

function put(rows: HTMLElement, html: string): void {
  const api = htmx() as unknown as { swap: (task: object) => Promise<void> };
  document.querySelector(".new-rows")?.remove();
  void api.swap({ text: html, target: rows, swap: "innerMorph", sourceElement: rows });
}

function offer(scroll: HTMLElement, rows: HTMLElement, html: string): void {
  document.querySelector(".new-rows")?.remove();
  const home = document.createElement("div");
  home.className = "new-rows";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = scroll.dataset["changed"] ?? "";
  button.addEventListener("click", () => {
    put(rows, html);
    scroll.scrollTo({ top: 0 });
  });
  home.append(button);
  scroll.prepend(home);
}

async function fetchRows(address: string, count: number): Promise<string | null> {
  const headers = { "HX-Request": "true", "HX-Target": "ol#rows", "X-Rows": String(count) };
  const answer = await fetch(address, { headers }).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.text() : null;
}

export async function refreshList(): Promise<void> {
  htmx().trigger(document.body, "inbox-changed");
  const scroll = document.querySelector<HTMLElement>("#rows-scroll");
  const rows = document.querySelector<HTMLElement>("#rows");
  if (!scroll || !rows) return;
  const shown = idsIn(rows.innerHTML);
  const html = await fetchRows(scroll.dataset["address"] ?? "", shown.length);
  if (html === null) return;
  if (isInUse(scroll) && moves(shown, idsIn(html))) offer(scroll, rows, html);
  else put(rows, html);
}
