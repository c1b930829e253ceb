/* How long an SMS gets: the letters typed, and in how many parts it goes. The same sum as channels/sms/text.py. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const PLAIN: Record<string, string> = {
  "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "•": "-", "\t": " ",
};

/** What is sent of a text: without what only looks better. */
export function plain(text: string): string {
  return [...text.replace(/\r\n/g, "\n")].map((letter) => PLAIN[letter] ?? letter).join("").replace(/\n{3,}/g, "\n\n").trim();
}

/** In how many parts a text goes out; no letter is torn between two. */
export function countParts(text: string): number {
  const letters = [...text];
  const isGsm = letters.every((letter) => BASIC.includes(letter) || EXTENDED.includes(letter));
  const sizes = letters.map((letter) => (isGsm ? (EXTENDED.includes(letter) ? 2 : 1) : 2 * letter.length));
  const [one, part] = isGsm ? [160, 153] : [140, 134];
  if (sizes.reduce((sum, size) => sum + size, 0) <= one) return 1;
  let parts = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > part) {
      parts += 1;
      filled = 0;
    }
    filled += size;
  }
  return parts;
}

/** Show it while somebody types. Nothing happens in a composer that sends no SMS. */
export function showLength(form: HTMLFormElement, surface: HTMLElement): void {
  const shown = form.querySelector<HTMLElement>(".composer-sms");
  if (!shown) return;
  const show = () => {
    const text = plain(surface.innerText);
    const said = shown.dataset["said"] ?? "";
    shown.textContent = said.replace("{letters}", String([...text].length)).replace("{parts}", String(text ? countParts(text) : 0));
  };
  form.addEventListener("input", show);
  show();
}
