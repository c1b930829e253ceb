/* Inside the frame: tell the page around it how high the form is, whenever that changes, and what it is called; and know for a week
 * who took an answer here, so that whoever comes back with the same question does not count as helped.
 */
const NAME = "asked_here";
const WEEK = 7 * 24 * 3600; // seconds

/** The random number among cookies, as a page reads them; "" where it is not there. */
export function numberIn(cookies: string): string {
  return cookies.split("; ").map((cookie) => cookie.split("=")).find(([name]) => name === NAME)?.[1] ?? "";
}

/** Have the browser keep it for this form on the site around it, and nowhere else: so it is kept where cookies of others are not. */
function keep(number: string): void {
  document.cookie = `${NAME}=${number}; Max-Age=${WEEK}; Path=/embed/; Secure; SameSite=None; Partitioned`;
}

function randomNumber(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send the number along with an answer that is opened, made for the first one, and with the request. */
function knowAgain(element: HTMLElement): void {
  const field = element.querySelector<HTMLInputElement>("input[name=visitor]");
  if (!field) return;
  field.value = numberIn(document.cookie);
  const open = (event: Event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".help-offers a");
    if (!link) return;
    field.value ||= randomNumber();
    keep(field.value);
    const address = new URL(link.href);
    address.searchParams.set("visitor", field.value);
    link.href = address.href;
  };
  element.addEventListener("click", open, { capture: true });
  element.addEventListener("auxclick", open, { capture: true });
}

export default function framed(element: HTMLElement): () => void {
  const tell = () => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    window.parent.postMessage({ charterdesk: { height, title: document.title } }, "*");
  };
  const watching = new ResizeObserver(tell);
  watching.observe(element);
  tell();
  knowAgain(element);
  return () => watching.disconnect();
}
