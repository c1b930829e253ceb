/* A session that ended while a page was open: one line says so, and the page goes on once its reader is signed in again.
 * Signing in gives the browser a new token; the forms of pages that are open take it over from its cookie. */
export const SIGNED_OUT = 401;

/** The token forms need now; "" where the browser has none. */
export function tokenIn(cookies: string): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(cookies)?.[1] ?? "";
}

function renewTokens(): void {
  const token = tokenIn(document.cookie);
  if (!token) return;
  document.querySelectorAll<HTMLInputElement>("input[name='csrfmiddlewaretoken']").forEach((field) => (field.value = token));
}

function line(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-signed-out]");
}

/** Say that nobody is signed in, and how to go on; once, however often it is noticed. */
export function saySignedOut(): void {
  const said = line();
  if (!said) return;
  said.hidden = false;
  const link = said.querySelector("a");
  if (link) link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
}

export function watchSignedOut(document: Document): void {
  const hide = () => {
    const said = line();
    if (said) said.hidden = true;
  };
  document.addEventListener("visibilitychange", () => {
    renewTokens();
    if (document.visibilityState === "visible") hide();
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: { response?: { status: number } } }>).detail;
    if ((ctx?.response?.status ?? SIGNED_OUT) < 400) hide();
  });
  document.addEventListener("submit", renewTokens, { capture: true });
}
