/* A small rich-text surface over the plain field: bold, italic, lists, quotes; pasted text comes without its clothes. */
export type Editor = { surface: HTMLElement; html: () => string };

/** What a person typed is empty when it holds neither text nor pictures. */
export function isEmpty(html: string): boolean {
  return html.replace(/<(?!img)[^>]*>/gi, "").replace(/&nbsp;|\s/g, "") === "";
}

function paste(event: ClipboardEvent): void {
  const data = event.clipboardData;
  if (!data || data.files.length) return;
  event.preventDefault();
  document.execCommand("insertText", false, data.getData("text/plain"));
}

function format(surface: HTMLElement, command: string): void {
  surface.focus();
  if (command === "quote") document.execCommand("formatBlock", false, "blockquote");
  else document.execCommand(command);
}

function makeSurface(plain: HTMLTextAreaElement, written: string): HTMLElement {
  const surface = document.createElement("div");
  surface.className = "composer-rich";
  surface.contentEditable = "true";
  surface.setAttribute("role", "textbox");
  surface.setAttribute("aria-multiline", "true");
  surface.setAttribute("aria-label", plain.getAttribute("aria-label") ?? "");
  surface.dataset["placeholder"] = plain.placeholder;
  surface.innerHTML = written; // made safe by the server, which keeps nothing else
  return surface;
}

export function makeEditor(form: HTMLFormElement): Editor {
  const plain = form.querySelector<HTMLTextAreaElement>(".composer-plain")!;
  const hidden = form.querySelector<HTMLInputElement>("input[name='html']")!;
  const surface = makeSurface(plain, form.dataset["written"] ?? "");
  const hadFocus = document.activeElement === plain;
  if (hadFocus && plain.value) surface.textContent = plain.value; // typed before this came
  plain.before(surface);
  plain.hidden = true;
  if (hadFocus) surface.focus(); // else the next letters would be commands
  document.execCommand("defaultParagraphSeparator", false, "p");
  const html = () => (isEmpty(surface.innerHTML) ? "" : surface.innerHTML);
  const writeBack = () => {
    hidden.value = html();
    plain.value = surface.innerText;
  };
  surface.addEventListener("paste", paste);
  surface.addEventListener("input", () => {
    if (isEmpty(surface.innerHTML)) surface.replaceChildren(); // so that the placeholder comes back
    writeBack();
  });
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-format]");
    if (button) format(surface, button.dataset["format"] ?? "");
  });
  writeBack();
  return { surface, html };
}
