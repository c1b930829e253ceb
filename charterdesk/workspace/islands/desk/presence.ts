/* Who else looks at this ticket, or writes on it. */
import type { Person, Ticket } from "./stream.ts";

const LOOK_EVERY_MS = 15_000;
const TYPE_EVERY_MS = 3000;

/** What is said of the others: writers first, since they matter more than lookers. */
export function inWords(people: Person[], looks: string, types: string): string {
  const ranked = [...people].sort((one, other) => Number(other.doing === "typing") - Number(one.doing === "typing"));
  return ranked.map((one) => (one.doing === "typing" ? types : looks).replace("{name}", one.name)).join(" · ");
}

export function showPresence(rail: HTMLElement, people: Person[]): void {
  const home = document.querySelector<HTMLElement>("#presence");
  if (!home) return;
  const others = people.filter((one) => one.key !== rail.dataset["me"]);
  const words = inWords(others, rail.dataset["looks"] ?? "", rail.dataset["types"] ?? "");
  if (home.textContent !== words) home.textContent = words;
  home.toggleAttribute("data-typing", others.some((one) => one.doing === "typing"));
}

/** Tells the others what is done here. `topics` learns the topic of each ticket that was looked at. */
export function keepPresence(topics: Map<string, string>): { look: (number: string, way: Ticket | null) => void } {
  let pass: Ticket | null = null;
  let number = "";
  let typedAt = 0;

  const say = (doing: string) => {
    const topic = topics.get(number);
    if (!pass || !topic) return;
    const body = JSON.stringify({ token: pass.token, topic, doing });
    if (doing === "left") navigator.sendBeacon(`${pass.url}/live/presence`, body);
    else void fetch(`${pass.url}/live/presence`, { method: "POST", body, keepalive: true }).catch(() => undefined);
  };
  const look = (next: string, way: Ticket | null) => {
    if (next === number) return;
    say("left");
    number = next;
    if (!way) return;
    pass = way;
    topics.set(next, way.topics[next] ?? "");
    say("looking");
  };
  const lookAgain = () => document.visibilityState === "visible" && say("looking");
  setInterval(lookAgain, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", lookAgain);
  document.addEventListener("input", (event) => {
    if (!(event.target as Element).closest("#composer") || Date.now() - typedAt < TYPE_EVERY_MS) return;
    typedAt = Date.now();
    say("typing");
  });
  addEventListener("pagehide", () => say("left"));
  return { look };
}
