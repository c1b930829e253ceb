/* Toasts leave by themselves, but never while pointed at or focused; `data-dismiss` sends one away at once.
 * The one that stays says that there is no connection. */
import { saySignedOut, SIGNED_OUT } from "./signedout.ts";

const SECOND = 1000;

function arm(toast: HTMLElement): void {
  const seconds = Number(toast.dataset["seconds"] ?? 6);
  let timer = setTimeout(() => toast.remove(), seconds * SECOND);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), seconds * SECOND);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", release);
}

/** Say `text` as a toast; `state` "late" for what went wrong. */
export function say(text: string, state = ""): void {
  const toast = document.createElement("div");
  toast.className = "toast";
  if (state) toast.dataset["state"] = state;
  toast.textContent = text;
  document.getElementById("toasts")?.append(toast);
}

/** Whether an answer says itself what was wrong: refusals and forms do. */
export function explainsItself(status: number): boolean {
  return status < 400 || status === 409 || status === 422;
}

/** One line for as long as the connection is gone. */
function watchConnection(line: HTMLElement): void {
  const look = () => {
    line.hidden = navigator.onLine;
  };
  addEventListener("online", look);
  addEventListener("offline", look);
  look();
}

function sayWhatFailed(home: HTMLElement, event: Event): void {
  if (!navigator.onLine) return; // the line says it, once
  const { ctx } = (event as CustomEvent<{ ctx?: { response?: { status: number } } }>).detail;
  if (ctx?.response?.status === SIGNED_OUT) return saySignedOut();
  if (!explainsItself(ctx?.response?.status ?? 500)) say(home.dataset["failed"] ?? "", "late");
}

export function watchToasts(document: Document): void {
  const home = document.getElementById("toasts");
  if (!home) return;
  home.querySelectorAll<HTMLElement>(".toast:not([data-stays])").forEach(arm);
  home.querySelectorAll<HTMLElement>("[data-stays]:not([data-signed-out])").forEach(watchConnection);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLElement) arm(node);
  }).observe(home, { childList: true });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest(".toast")?.remove();
  });
  for (const name of ["htmx:response:error", "htmx:error"]) {
    document.addEventListener(name, (event) => sayWhatFailed(home, event));
  }
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement) form.closest(".toast")?.remove();
  });
}
