/* `data-theme-choice="light|dark|"` sets the theme and remembers it for a year; "" follows the system again. */
const YEAR = 365 * 24 * 3600;

export function listenForTheme(document: Document): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset["themeChoice"] ?? "";
    if (choice) document.documentElement.dataset["theme"] = choice;
    else delete document.documentElement.dataset["theme"];
    document.cookie = `theme=${choice}; path=/; max-age=${choice ? YEAR : 0}; samesite=lax`;
  });
}
