/* The whole desk: keys, the palette, which row is open, the live stream. Mounted on the rail, which is on every page. */
import { listenForSelection } from "./desk/bulk.ts";
import { listenForPanes } from "./desk/panes.ts";
import { listenLive } from "./desk/live.ts";
import { listenForKeys } from "./desk/keys.ts";
import { listenForPalette } from "./desk/palette.ts";
import { markOpenRow } from "./desk/rows.ts";

let isAwake = false;

export default function desk(rail: HTMLElement): void {
  if (isAwake) return;
  isAwake = true;
  listenForKeys(document);
  listenForPalette(document);
  listenForSelection(document);
  listenForPanes(document);
  listenLive(rail);
  markOpenRow();
  document.addEventListener("htmx:after:swap", () => {
    markOpenRow();
    showAskedDialog();
  });
  document.addEventListener("htmx:after:history:push", markOpenRow);
  document.addEventListener("click", toggleSide);
  rail.dataset["awake"] = ""; // keys are listened to from here on
}

/** A form that was asked for comes as a dialog: show it, and drop it when it is closed. */
function showAskedDialog(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-shown]:not([open])");
  if (!dialog) return;
  dialog.addEventListener("close", () => dialog.remove(), { once: true });
  dialog.showModal();
}

function toggleSide(event: Event): void {
  const button = (event.target as Element).closest("[data-toggles='side']");
  const ticket = button?.closest<HTMLElement>(".ticket");
  if (!ticket) return;
  const other = matchMedia("(min-width: 1251px)").matches ? "hidden" : "shown"; // beside, or floating over
  ticket.dataset["side"] = ticket.dataset["side"] === other ? "" : other;
}
