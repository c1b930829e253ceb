/* What the page does with news: the open ticket, the list and its counts are fetched anew, and nothing that is read moves. */
import { keepPresence, showPresence } from "./presence.ts";
import { Stream, type News, type Ticket } from "./stream.ts";
import { refreshList } from "./list.ts";

type Htmx = { ajax: (verb: string, path: string, options: object) => Promise<void> };

const LIST_EVERY_MS = 4000;
const TICKET_EVERY_MS = 700;
const BELL_EVERY_MS = 2000;
const CALLS_EVERY_MS = 400;

/** Calls `act` soon after it is asked to, but never more often than every `pause` milliseconds.
 *
 *  Whoever asks may want a longer pause, and more people at work have one: a call then comes a part of what is longer
 *  later, each page's by chance, so that not all pages of a big desk ask it the same thing at the same moment. */
export function seldom(act: () => void, pause: number): (longer?: number) => void {
  let at = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (longer = pause) => {
    if (timer !== undefined) return;
    const spread = (Math.random() * Math.max(0, longer - pause)) / 4;
    const wait = Math.max(150, at + Math.max(pause, longer) - performance.now()) + spread;
    timer = setTimeout(() => {
      timer = undefined;
      at = performance.now();
      act();
    }, wait);
  };
}

function openTicket(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#ticket");
}

/** Whether somebody fills in what was asked for of the open ticket: fetching it anew would take that away. */
function isAsked(): boolean {
  return document.querySelector("#asked dialog[open]") !== null;
}

function refreshTicket(): void {
  const number = openTicket()?.dataset["number"];
  const { htmx } = window as unknown as { htmx: Htmx };
  if (!number) return;
  // htmx names the target of the page's body here, so what is wanted has to be said: the pane, not the page.
  const headers = { "HX-Target": "div#ticket" };
  void htmx.ajax("GET", `/desk/tickets/${number}/${location.search}`, { target: "#ticket", swap: "outerMorph", headers });
}

export function listenLive(rail: HTMLElement): void {
  let isOwed = false;
  const ticket = seldom(() => {
    isOwed = isAsked();
    if (!isOwed) refreshTicket();
  }, TICKET_EVERY_MS);
  const list = seldom(refreshList, LIST_EVERY_MS);
  const bell = seldom(() => document.body.dispatchEvent(new CustomEvent("notices")), BELL_EVERY_MS);
  const calls = seldom(() => document.body.dispatchEvent(new CustomEvent("calls")), CALLS_EVERY_MS);
  const topics = new Map<string, string>();
  let isStale = false;

  const act = (news: News) => {
    const open = topics.get(openTicket()?.dataset["number"] ?? "");
    if (news.kind === "presence") {
      if (news.topic === open) showPresence(rail, news.people);
      return;
    }
    if (document.visibilityState === "hidden") return void (isStale = true);
    if (news.kind === "resync" || news.topics.some((topic) => topic.startsWith("calls:"))) calls();
    const isMine = news.kind === "changed" && news.topics.includes(rail.dataset["me"] ?? "");
    if (news.kind === "resync" || isMine) bell();
    if (news.kind === "resync" || (open && news.topics.includes(open))) ticket();
    list(news.kind === "resync" || isMine ? LIST_EVERY_MS : news.pace);
  };
  const stream = new Stream(rail.dataset["live"] ?? "", rail.dataset["last"] ?? "", act);
  const presence = keepPresence(topics);

  const show = () => {
    const ticket = openTicket();
    const number = ticket?.dataset["number"] ?? "";
    const way = ticket ? (JSON.parse(ticket.dataset["way"] ?? "null") as Ticket | null) : null;
    stream.show(number, way);
    presence.look(number, way);
  };
  document.addEventListener("htmx:after:swap", (event) => {
    show();
    if (isTicket(event) && document.querySelector(".bell-count")) bell(); // what is about this ticket is read now
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" || !isStale) return;
    isStale = false;
    calls();
    ticket();
    list();
  });
  document.addEventListener("close", () => void (isOwed && ticket()), true); // of a dialog, which does not bubble
  document.addEventListener("htmx:config:request", tellWhatIsThere);
  show();
}

type Swap = CustomEvent<{ ctx: { target?: Element; request: { headers: Record<string, string> } } }>;

/** Whether a ticket came, and not what comes beside it, or the bell itself, which would ring for ever. */
function isTicket(event: Event): boolean {
  return ["pane", "ticket"].includes((event as Swap).detail.ctx.target?.id ?? "");
}

/** Requests say what the page shows already, so that the answer holds at least that. */
function tellWhatIsThere(event: Event): void {
  const { ctx } = (event as Swap).detail;
  if (ctx.target?.id !== "ticket") return;
  const since = document.querySelector<HTMLElement>("#tail")?.dataset["since"];
  if (since) ctx.request.headers["X-Timeline-Since"] = since;
}
