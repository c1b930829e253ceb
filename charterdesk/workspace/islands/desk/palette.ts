/* The palette: Ctrl/Cmd K opens it, arrows choose, Enter goes there. */
function choices(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#palette-results [role='option']")];
}

function choose(input: HTMLInputElement, step: number): void {
  const all = choices();
  if (!all.length) return;
  const current = all.findIndex((choice) => choice.getAttribute("aria-selected") === "true");
  const next = all[(current + step + all.length) % all.length];
  all.forEach((choice) => choice.setAttribute("aria-selected", String(choice === next)));
  if (next) input.setAttribute("aria-activedescendant", next.id);
  next?.scrollIntoView({ block: "nearest" });
}

/** Whether what is shown answers what is written: answers come a moment after the letters. */
function isAnswered(input: HTMLInputElement): boolean {
  const answer = document.querySelector<HTMLElement>("#palette-results [data-words]");
  return answer?.dataset["words"] === input.value.trim();
}

function act(input: HTMLInputElement, key: string): void {
  if (key === "ArrowDown") return choose(input, 1);
  if (key === "ArrowUp") return choose(input, -1);
  const chosen = choices().find((choice) => choice.getAttribute("aria-selected") === "true");
  if (chosen) chosen.click();
  else input.form?.requestSubmit(); // the form searches
}

/** Arrows and Enter act on the answer to what is written: pressed before it has come, they wait for it. */
function listenForChoice(input: HTMLInputElement): void {
  let early: string[] = [];
  input.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (isAnswered(input)) act(input, event.key);
    else early.push(event.key);
  });
  input.addEventListener("input", () => (early = []));
  input.addEventListener("htmx:after:swap", () => {
    if (!isAnswered(input)) return;
    const keys = early;
    early = [];
    keys.forEach((key) => act(input, key));
  });
}

function open(dialog: HTMLDialogElement, input: HTMLInputElement): void {
  const ticket = document.querySelector<HTMLInputElement>("#palette-ticket");
  if (ticket) ticket.value = document.querySelector<HTMLElement>("#ticket")?.dataset["number"] ?? "";
  dialog.showModal();
  input.value = "";
  input.dispatchEvent(new CustomEvent("palette-opened"));
}

export function listenForPalette(document: Document): void {
  const dialog = document.getElementById("palette");
  const input = dialog?.querySelector<HTMLInputElement>(".palette-input");
  if (!(dialog instanceof HTMLDialogElement) || !input) return;
  listenForChoice(input);
  // What a choice does shows behind: the palette is done. A form is sent first.
  dialog.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[role='option']")) setTimeout(() => dialog.close());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open(dialog, input);
  });
}
