/* Promise lines count down by themselves, timers up: one clock for the whole page, which asks nobody. */
export interface Words {
  late: string;
  reply: string;
  resolution: string;
  minutes: string;
  hours: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const WIDTH = 1000;
const OPEN = ".promise[data-from]";

const filled = (phrase: string, name: string, value: string | number) => phrase.replace(`{${name}}`, String(value));

/** What is left, in words: minutes in the last hour, and seconds, too, in the last five minutes; "" before that. */
export function leftWord(seconds: number, words: Words): string {
  if (seconds > HOUR) return "";
  const minutes = Math.floor(seconds / MINUTE);
  if (seconds > 5 * MINUTE) return filled(words.minutes, "n", minutes);
  return `${minutes}:${String(Math.floor(seconds % MINUTE)).padStart(2, "0")}`;
}

/** How late it is, in words; "" where days are counted: those the page says as it comes. */
export function lateWord(seconds: number, words: Words): string {
  if (seconds < HOUR) return filled(words.minutes, "n", Math.max(1, Math.floor(seconds / MINUTE)));
  return seconds < 48 * HOUR ? filled(words.hours, "n", Math.floor(seconds / HOUR)) : "";
}

/** What stands beside a line that is due in `seconds` (below 0: since); "" where nothing changes. */
export function wordBeside(seconds: number, kind: string, words: Words): string {
  const time = seconds >= 0 ? leftWord(seconds, words) : lateWord(-seconds, words);
  const phrase = seconds < 0 ? words.late : kind === "resolution" ? words.resolution : words.reply;
  return time && filled(phrase, "time", time);
}

/** Time spent, as clocks of sport show it: 0:07, 12:05, 1:00:09. Never before the beginning. */
export function spentWord(seconds: number): string {
  const [hours, minutes, rest] = [HOUR, MINUTE, 1].map((unit, place) => {
    const whole = Math.floor(Math.max(0, seconds) / unit);
    return place ? whole % MINUTE : whole;
  }) as [number, number, number];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Let the line be filled up to `at`; once it is late, it is full. Times in seconds. */
function fill(line: HTMLElement, from: number, due: number, at: number): void {
  const used = [...line.querySelectorAll("rect.promise-used")].at(-1);
  const rest = line.querySelector("rect.promise-track");
  if (!used || !rest || line.querySelector("rect.promise-over")) return;
  const x = Math.min(WIDTH, Math.round((WIDTH * (at - from)) / (due - from)));
  const since = Number(used.getAttribute("x"));
  if (x <= since) return;
  used.setAttribute("width", String(x - since));
  rest.setAttribute("x", String(x));
  rest.setAttribute("width", String(WIDTH - x));
}

function tick(root: ParentNode, at: number, words: Words): void {
  for (const line of root.querySelectorAll<HTMLElement>(OPEN)) {
    const time = line.querySelector("time");
    const due = Date.parse(time?.dateTime ?? "") / 1000;
    if (!time || Number.isNaN(due)) continue;
    const word = wordBeside(due - at, line.dataset["kind"] ?? "", words);
    if (due < at) line.dataset["state"] = "late";
    if (word && time.textContent !== word) time.textContent = word;
    fill(line, Number(line.dataset["from"]), due, at);
  }
  for (const timer of root.querySelectorAll<HTMLElement>("[data-timer]")) {
    timer.textContent = spentWord(at - Number(timer.dataset["timer"]));
  }
}

/** Count every open promise of the page down, and every running timer up, by the desk's clock: the page says what it showed when it was made. */
export function watchClocks(page: Document): void {
  const said = page.querySelector<HTMLElement>("#clock-words")?.dataset;
  if (!said) return;
  const words = said as unknown as Words;
  const ahead = Number(said["now"]) - Date.now() / 1000;
  const offset = Math.abs(ahead) > 5 ? ahead : 0;
  const look = () => {
    if (!page.hidden) tick(page, Date.now() / 1000 + offset, words);
  };
  setInterval(look, 1000);
  page.addEventListener("visibilitychange", look);
}
