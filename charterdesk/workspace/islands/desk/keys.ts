/* The keyboard map. Letters act only where nothing is being typed; `data-key` on a control names its own. */
import { toggleRow } from "./bulk.ts";
import { openNeighbour } from "./rows.ts";

const PAUSE_MS = 800;

/** Collects presses into a key's name: "r", or "g i" for one after the other. */
export class Presses {
  private before = "";
  private at = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The names this press may mean, longest first. */
  press(key: string): string[] {
    const isSoon = this.now() - this.at < PAUSE_MS;
    const names = this.before && isSoon ? [`${this.before} ${key}`, key] : [key];
    this.before = key;
    this.at = this.now();
    return names;
  }
}

/** Whether keys pressed in `element` are text. */
function isWriting(element: Element): boolean {
  const field = element.closest("input, textarea, select, [contenteditable='true']");
  return field !== null && !field.matches("input[type='radio'], input[type='checkbox']");
}

function chooseKind(kind: string): void {
  const radio = document.querySelector<HTMLInputElement>(`#composer [name="kind"][value="${kind}"]`);
  if (!radio) return;
  radio.click();
  document.querySelector<HTMLElement>("#composer .composer-rich, #composer .composer-plain")?.focus();
}

function takeIt(): void {
  const form = document.querySelector<HTMLElement>("[data-take]");
  form?.querySelector("button")?.click();
}

function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

const ACTIONS: Record<string, () => void> = {
  j: () => openNeighbour(1),
  k: () => openNeighbour(-1),
  r: () => chooseKind("reply"),
  m: () => chooseKind("note"),
  s: () => chooseKind("solution"),
  t: takeIt,
  x: toggleRow,
  "?": () => openDialog("keys"),
};

/** Do what a click does; a field is gone to, and what opens is gone into. */
function use(control: HTMLElement): void {
  if (control instanceof HTMLInputElement) return control.focus();
  control.click();
  if (!control.matches("summary")) return;
  control.focus(); // arrows go on from here
  const field = control.parentElement?.querySelector<HTMLElement>("input:not([type='hidden'], [type='datetime-local'])");
  field?.focus(); // at once: the next letter belongs to it
}

function actOn(name: string): boolean {
  const control = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(name)}"]`);
  if (control) use(control);
  else if (ACTIONS[name]) ACTIONS[name]();
  else return false;
  return true;
}

export function listenForKeys(document: Document): void {
  const presses = new Presses();
  // What was added to a checklist or as a tag is added: the field is for the next.
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches(".checklist > form, .controls .row")) form.reset();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && isWriting(target)) target.blur(); // letters are commands again
    if (isWriting(target) || document.querySelector("dialog[open]")) return;
    if (presses.press(event.key.toLowerCase()).some(actOn)) event.preventDefault();
  });
}
