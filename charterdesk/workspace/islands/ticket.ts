/* An open ticket: the newest message stays in view while one is at the end, and is announced while one reads further up. */
const NEAR_PX = 80;

export default function ticket(element: HTMLElement): () => void {
  const scroll = element.querySelector<HTMLElement>(".timeline-scroll");
  const timeline = element.querySelector<HTMLElement>("#timeline");
  if (!scroll || !timeline) return () => undefined;
  const button = makeButton(element.dataset["newMessages"] ?? "", scroll);
  let newest = lastMessage(timeline);
  const observer = new MutationObserver(() => {
    const last = lastMessage(timeline);
    if (last === newest) return;
    newest = last;
    if (!isAtEnd(scroll)) scroll.parentElement?.append(button);
  });
  observer.observe(timeline, { childList: true });
  const forget = () => isAtEnd(scroll) && button.remove();
  scroll.addEventListener("scroll", forget, { passive: true });
  scroll.addEventListener("toggle", openInwards, { capture: true });
  showTarget(timeline);
  return () => observer.disconnect();
}

function lastMessage(timeline: HTMLElement): string {
  return [...timeline.querySelectorAll<HTMLElement>(":scope > .message")].at(-1)?.id ?? "";
}

/** The scroller runs from its end: at the end `scrollTop` is 0, further up it is negative. */
function isAtEnd(scroll: HTMLElement): boolean {
  return Math.abs(scroll.scrollTop) < NEAR_PX;
}

function makeButton(label: string, scroll: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small new-messages";
  button.textContent = label;
  button.addEventListener("click", () => {
    scroll.scrollTo({ top: 0 });
    button.remove();
  });
  return button;
}

/** Below its end the scroller shows nothing, so a menu in its lower half opens upwards, where one can scroll to. */
function openInwards(event: Event): void {
  const menu = event.target as HTMLDetailsElement;
  if (!menu.matches(".menu[open]")) return;
  const [room, place] = [(event.currentTarget as HTMLElement).getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.classList.toggle("upward", place.top > (room.top + room.bottom) / 2);
}

/** An address that ends with a message's name shows that message. */
function showTarget(timeline: HTMLElement): void {
  if (location.hash.startsWith("#message-")) timeline.querySelector(location.hash)?.scrollIntoView();
}
