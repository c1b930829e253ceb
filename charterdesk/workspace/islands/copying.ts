/* A button that copies the text before it; says so for a moment. */
const MOMENT = 2000;

export default function copy(element: HTMLElement): void {
  const source = element.previousElementSibling;
  const usual = element.textContent;
  if (!source) return;
  element.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent ?? "");
    element.textContent = element.dataset.done ?? usual;
    setTimeout(() => (element.textContent = usual), MOMENT);
  });
}
