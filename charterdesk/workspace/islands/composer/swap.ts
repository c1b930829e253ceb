/* The page's own htmx, which `ui/page.js` brought: an island that bundled it would bring a second one. */
type Htmx = { swap: (task: { text: string; target: HTMLElement; swap: string; sourceElement: HTMLElement }) => Promise<void> };

/** Put `text` into `target` as htmx does, with everything that comes along in it, such as toasts. */
export function swap(text: string, target: HTMLElement, style: string): Promise<void> {
  const { htmx } = window as unknown as { htmx: Htmx };
  return htmx.swap({ text, target, swap: style, sourceElement: target });
}
