/* One stream for all tabs of a browser: the tab that holds a lock listens and passes on what it hears. */
export type News =
  | { kind: "changed"; topics: string[]; pace: number }
  | { kind: "presence"; topic: string; people: Person[] }
  | { kind: "resync" };
export type Person = { key: string; name: string; doing: string };
export type Ticket = { url: string; token: string; topics: Record<string, string> };
type Said = { news: News } | { open: string; tab: string } | { whoIsOpen: true };

const NAME = "charterdesk-live";
const AGAIN_MS = 5000;
const SETTLE_MS = 150;

/** Whether a way into the stream tells of all these tickets. */
export function covers(way: Ticket, numbers: string[]): boolean {
  return numbers.every((number) => number in way.topics);
}

/** Numbers of the tickets open in all tabs, as far as this one has heard. */
export class OpenTickets {
  private readonly byTab = new Map<string, string>();

  /** Note what a tab has open ("" for none); whether that changes what is to be heard. */
  note(tab: string, number: string): boolean {
    const before = this.numbers().join();
    if (number) this.byTab.set(tab, number);
    else this.byTab.delete(tab);
    return this.numbers().join() !== before;
  }

  numbers(): string[] {
    return [...new Set(this.byTab.values())].sort();
  }
}

export class Stream {
  private readonly tab = Math.random().toString(36).slice(2);
  private readonly channel = new BroadcastChannel(NAME);
  private readonly open = new OpenTickets();
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isLeader = false;
  private mine = "";
  private way: Ticket | null = null;

  constructor(
    private readonly address: string,
    private last: string,
    private readonly hear: (news: News) => void,
  ) {
    this.channel.addEventListener("message", (event: MessageEvent<Said>) => this.listen(event.data));
    const lead = () => this.lead();
    if (navigator.locks) void navigator.locks.request(NAME, lead);
    else void lead();
  }

  /** This tab shows ticket `number` now, or none (""); `way` came with the ticket. */
  show(number: string, way: Ticket | null): void {
    this.mine = number;
    this.way = way;
    this.channel.postMessage({ open: number, tab: this.tab } satisfies Said);
    if (this.open.note(this.tab, number)) this.connectSoon();
  }

  private lead(): Promise<never> {
    this.isLeader = true;
    this.channel.postMessage({ whoIsOpen: true } satisfies Said);
    this.connectSoon();
    return new Promise(() => undefined); // the lock is held until the tab goes
  }

  private listen(said: Said): void {
    if ("news" in said) this.hear(said.news);
    else if ("whoIsOpen" in said) this.channel.postMessage({ open: this.mine, tab: this.tab } satisfies Said);
    else if (this.open.note(said.tab, said.open)) this.connectSoon();
  }

  private connectSoon(delay = SETTLE_MS): void {
    if (!this.isLeader) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), delay);
  }

  private async connect(): Promise<void> {
    const ticket = await this.findWay();
    if (!ticket) return this.connectSoon(AGAIN_MS);
    this.source?.close();
    const asked = new URLSearchParams({ token: ticket.token, last: this.last });
    this.source = new EventSource(`${ticket.url}/live?${asked}`);
    for (const kind of ["hello", "changed", "presence", "resync"] as const) {
      this.source.addEventListener(kind, (event) => this.take(kind, event));
    }
    this.source.addEventListener("error", () => {
      if (this.source?.readyState === EventSource.CLOSED) this.connectSoon(AGAIN_MS); // the token ended
    });
  }

  /** What came with the ticket, once and for it alone; with other tabs' tickets, or when it has ended, it is asked for. */
  private async findWay(): Promise<Ticket | null> {
    const numbers = this.open.numbers();
    const given = this.way;
    this.way = null;
    if (given && covers(given, numbers)) return given;
    const query = new URLSearchParams(numbers.map((number) => ["ticket", number]));
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    return answer?.ok && !answer.redirected ? ((await answer.json()) as Ticket) : null;
  }

  private take(kind: News["kind"] | "hello", event: MessageEvent<string>): void {
    this.last = event.lastEventId || this.last;
    if (kind === "hello") return;
    const news = { kind, ...JSON.parse(event.data) } as News;
    this.hear(news);
    this.channel.postMessage({ news } satisfies Said);
  }
}
