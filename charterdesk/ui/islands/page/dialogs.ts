/* Dialogs: `data-opens="<id>"` opens, `data-closes` closes the one around it, a click beside it as well. */
export function listenForDialogs(document: Document): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["opens"] ?? "");
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      opener.closest("details")?.removeAttribute("open");
      dialog.showModal();
    } else if (target.closest("[data-closes]") || target instanceof HTMLDialogElement) {
      target.closest("dialog")?.close();
    }
  });
}
