/* Brings `data-island="<address of a module>"` to life: its default export gets the element, and may return a farewell. */
export type Island = (element: HTMLElement) => void | (() => void);
type Module = { default: Island };
type Load = (address: string) => Promise<Module>;

const farewells = new WeakMap<HTMLElement, () => void>();
const known = new WeakSet<HTMLElement>();

const load: Load = (address) => import(address) as Promise<Module>;

async function mount(element: HTMLElement, from: Load): Promise<void> {
  if (known.has(element)) return;
  known.add(element);
  const module = await from(element.dataset["island"] ?? "");
  if (!element.isConnected) return void known.delete(element);
  const farewell = module.default(element);
  if (farewell) farewells.set(element, farewell);
}

/** Islands in `root`, itself included. */
function islandsIn(root: Node): HTMLElement[] {
  if (!(root instanceof HTMLElement)) return [];
  const inside = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  return root.matches("[data-island]") ? [root, ...inside] : inside;
}

function leave(element: HTMLElement): void {
  if (element.isConnected) return; // it was only moved
  farewells.get(element)?.();
  farewells.delete(element);
  known.delete(element);
}

/** Mount the islands in `root` now and whenever some come; bid farewell to those that go. */
export function watchIslands(root: HTMLElement, from: Load = load): void {
  const mountAll = (node: Node) => islandsIn(node).forEach((element) => void mount(element, from));
  mountAll(root);
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach(mountAll);
      change.removedNodes.forEach((node) => islandsIn(node).forEach(leave));
    }
  }).observe(root, { childList: true, subtree: true });
}
