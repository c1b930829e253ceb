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

function press(event: KeyboardEvent): void {
  const input = event.currentTarget as HTMLInputElement;
  if (event.key === "ArrowDown") choose(input, 1);
  else if (event.key === "ArrowUp") choose(input, -1);
  else if (event.key === "Enter") {
    const chosen = choices().find((choice) => choice.getAttribute("aria-selected") === "true");
    if (!chosen) return; // the form searches
    chosen.click();
  } else return;
  event.preventDefault();
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
  input.addEventListener("keydown", press);
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
