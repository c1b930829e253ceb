/* A time zone that nobody has chosen yet becomes the one this browser is in, where the page knows it. */
export default function zone(mark: HTMLElement): void {
  const field = document.getElementById(mark.dataset["of"] ?? "");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!(field instanceof HTMLInputElement) || field.value !== field.defaultValue) return;
  if ([...(field.list?.options ?? [])].some((known) => known.value === own)) field.value = own;
}
