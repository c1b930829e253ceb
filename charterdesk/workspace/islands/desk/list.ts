/* The list fetched anew: at once when nobody is at it, else a button says that it changed. */
type Htmx = { swap: (task: object) => Promise<void> };
type News = { rows: string; queues: string };

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
  document.querySelector(".new-rows")?.remove();
  void htmx().swap({ text: html, target: rows, swap: "innerMorph", sourceElement: rows });
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

function putQueues(html: string): void {
  const queues = document.querySelector("#queues");
  if (queues) void htmx().swap({ text: html, target: queues, swap: "outerMorph", sourceElement: queues });
}

/** Rows and counts come in one answer: every page that is open asks for both. */
async function fetchNews(address: string, count: number): Promise<News | null> {
  const headers = { "HX-Request": "true", "X-Rows": String(count) };
  const answer = await fetch(address, { headers }).catch(() => null);
  return answer?.ok && !answer.redirected ? ((await answer.json()) as News) : null;
}

export async function refreshList(): Promise<void> {
  const scroll = document.querySelector<HTMLElement>("#rows-scroll");
  const rows = document.querySelector<HTMLElement>("#rows");
  if (!scroll || !rows) return;
  const shown = idsIn(rows.innerHTML);
  const news = await fetchNews(scroll.dataset["news"] ?? "", shown.length);
  if (!news) return;
  putQueues(news.queues);
  if (isInUse(scroll) && moves(shown, idsIn(news.rows))) offer(scroll, rows, news.rows);
  else put(rows, news.rows);
}
