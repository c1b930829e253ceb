/* Prints the page; without script the browser's own menu does. */
export default function print(element: HTMLElement): () => void {
  const open = () => window.print();
  element.addEventListener("click", open);
  return () => element.removeEventListener("click", open);
}
