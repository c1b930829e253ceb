/* The request form, one thing at a time: a step shows when the one before it is filled in. The form works without. */

/** What is still missing of a step: required fields that are empty, or hold what their type forbids. */
export function missing(fields: Iterable<{ checkValidity(): boolean; name: string }>): string[] {
  return [...new Set([...fields].filter((field) => !field.checkValidity()).map((field) => field.name))];
}

/** The step to begin with: the first in which the server found a fault, else the first that is empty; where all is
 * written, as when it came back to be sent once more, the last, from which it is sent. */
export function firstStep(steps: { faulty: boolean; filled: boolean }[]): number {
  const faulty = steps.findIndex((step) => step.faulty);
  if (faulty >= 0) return faulty;
  const empty = steps.findIndex((step) => !step.filled);
  return empty < 0 ? steps.length - 1 : empty;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(step: HTMLElement): Field[] {
  return [...step.querySelectorAll<Field>("input, select, textarea")];
}

function isFilled(step: HTMLElement): boolean {
  const chosen = step.querySelectorAll<HTMLInputElement>("[type=radio]");
  if (chosen.length) return [...chosen].some((radio) => radio.checked);
  return fieldsOf(step).every((field) => field.type === "file" || !field.required || field.value !== "");
}

export default function request(form: HTMLElement): void {
  const steps = [...form.querySelectorAll<HTMLElement>("[data-step]")];
  const [back, next, send] = ["back", "next", "send"].map((name) => form.querySelector<HTMLButtonElement>(`[data-${name}]`));
  const progress = form.querySelector<HTMLElement>("[data-progress]");
  if (!back || !next || !send || !progress || steps.length < 2) return;
  const words = form.dataset;
  let now = 0;

  const show = (step: number, focus: boolean) => {
    now = step;
    steps.forEach((one, index) => (one.hidden = index !== step));
    const isLast = step === steps.length - 1;
    back.hidden = step === 0;
    next.hidden = isLast;
    send.hidden = !isLast;
    progress.hidden = false;
    progress.textContent = (words["of"] ?? "").replace("%(now)s", String(step + 1)).replace("%(all)s", String(steps.length));
    if (focus) (steps[step]?.querySelector<HTMLElement>("input:checked, input:not([type=radio]), [type=radio], textarea, select"))?.focus();
  };
  const complain = (step: HTMLElement): boolean => {
    step.querySelectorAll("[data-said]").forEach((said) => said.remove());
    const names = missing(fieldsOf(step));
    for (const name of names) {
      const field = fieldsOf(step).find((one) => one.name === name);
      const said = document.createElement("p");
      said.className = "field-error";
      said.dataset["said"] = "";
      said.id = `${name}-said`;
      said.setAttribute("role", "alert");
      said.textContent = field?.validity.valueMissing ? (words["missing"] ?? "") : (field?.validationMessage ?? "");
      field?.setAttribute("aria-invalid", "true");
      field?.setAttribute("aria-errormessage", said.id);
      (field?.closest(".field, [data-step]") ?? step).append(said);
    }
    fieldsOf(step).filter((field) => !names.includes(field.name)).forEach((field) => field.removeAttribute("aria-invalid"));
    fieldsOf(step).find((field) => names.includes(field.name))?.focus();
    return names.length > 0;
  };
  const advance = () => {
    const step = steps[now];
    if (step && !complain(step)) show(now + 1, true);
  };

  next.addEventListener("click", advance);
  back.addEventListener("click", () => show(now - 1, true));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || now === steps.length - 1) return;
    event.preventDefault();
    advance();
  });
  form.addEventListener("submit", (event) => {
    const step = steps[now];
    if (step && complain(step)) event.preventDefault();
  });
  show(firstStep(steps.map((step) => ({ faulty: step.querySelector(".field-error") !== null, filled: isFilled(step) }))), false);
  form.querySelector(".errors")?.scrollIntoView({ block: "nearest" });
}
