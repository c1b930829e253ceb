/* Edges that can be drawn: by pointer, by arrow keys; a double click puts them back. The width is kept with the person. */
const STEP = 20;

interface Edge {
  handle: HTMLElement;
  name: string;
  low: number;
  high: number;
  usual: number;
}

function edgeOf(target: EventTarget | null): Edge | null {
  const handle = target instanceof Element ? target.closest<HTMLElement>("[data-edge]") : null;
  if (!handle) return null;
  const [low, high, usual] = [handle.ariaValueMin, handle.ariaValueMax, handle.dataset["usual"] ?? null].map(Number) as [number, number, number];
  return { handle, name: handle.dataset["edge"] ?? "", low, high, usual };
}

/** `width` within the edge's bounds, on its steps. */
export function fitted(width: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(width / STEP) * STEP));
}

function show(edge: Edge, width: number): void {
  document.getElementById("main")?.setAttribute(`data-${edge.name}`, String(width));
  edge.handle.ariaValueNow = String(width);
}

function keep(edge: Edge): void {
  const home = document.getElementById("main");
  const token = document.querySelector<HTMLInputElement>("[name='csrfmiddlewaretoken']")?.value ?? "";
  const body = new URLSearchParams({ [edge.name]: edge.handle.ariaValueNow ?? "" });
  void fetch(home?.dataset["keep"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token, "HX-Request": "true" } }).catch(() => null);
}

/** How wide the pane before (or, with `after`, behind) the edge is when the pointer stands at `x`. */
function widthAt(edge: Edge, x: number): number {
  const pane = document.getElementById(edge.name)?.getBoundingClientRect();
  if (!pane) return edge.usual;
  const isRight = (document.dir === "rtl") !== (edge.name === "side");
  return isRight ? pane.right - x : x - pane.left;
}

function drag(event: PointerEvent): void {
  const edge = edgeOf(event.target);
  if (!edge || event.button !== 0) return;
  event.preventDefault();
  edge.handle.setPointerCapture(event.pointerId);
  edge.handle.dataset["held"] = "";
  const move = (at: PointerEvent) => show(edge, fitted(widthAt(edge, at.clientX), edge.low, edge.high));
  const drop = () => {
    edge.handle.removeEventListener("pointermove", move);
    delete edge.handle.dataset["held"];
    keep(edge);
  };
  edge.handle.addEventListener("pointermove", move);
  edge.handle.addEventListener("lostpointercapture", drop, { once: true });
}

function nudge(event: KeyboardEvent): void {
  const edge = edgeOf(event.target);
  if (!edge) return;
  const towardsEnd = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const grows = edge.name === "side" ? -1 : 1;
  const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP };
  const now = Number(edge.handle.ariaValueNow);
  const step = steps[event.key] ? (event.key === towardsEnd ? STEP : -STEP) * grows : 0;
  const wanted = event.key === "Home" ? edge.low : event.key === "End" ? edge.high : now + step;
  if (wanted === now) return;
  event.preventDefault();
  show(edge, fitted(wanted, edge.low, edge.high));
  keep(edge);
}

export function listenForPanes(document: Document): void {
  document.addEventListener("pointerdown", drag);
  document.addEventListener("keydown", nudge);
  document.addEventListener("dblclick", (event) => {
    const edge = edgeOf(event.target);
    if (!edge) return;
    show(edge, edge.usual);
    keep(edge);
  });
}
