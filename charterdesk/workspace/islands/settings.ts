/* Shows the countries of a choice by their names in the language of the page, in its order. */
export default function nameCountries(element: HTMLElement): void {
  const select = element.querySelector("select");
  if (!select || !("DisplayNames" in Intl)) return;
  const language = document.documentElement.lang;
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const options = [...select.options].filter((option) => option.value);
  for (const option of options) option.text = names.of(option.value) ?? option.text;
  options.sort((one, other) => one.text.localeCompare(other.text, language));
  const chosen = select.value;
  select.append(...options);
  select.value = chosen;
}
