/* Files chosen, pasted or dropped go to the draft at once: pictures into the text, others onto the list that comes back. */
import { saySignedOut, SIGNED_OUT } from "../../../ui/islands/page/signedout.ts";
import type { Editor } from "./editor.ts";
import { swap } from "./swap.ts";

const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;
type Stored = { pictures: { url: string; name: string }[] };

async function post(form: HTMLFormElement, files: Iterable<File>, inline: boolean): Promise<Response | null> {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", String(new FormData(form).get("csrfmiddlewaretoken") ?? ""));
  if (inline) data.set("inline", "1");
  for (const file of files) data.append("files", file, file.name || "picture.png");
  if (!data.has("files")) return null;
  const answer = await fetch(form.dataset["files"] ?? "", { method: "POST", body: data, headers: { "HX-Request": "true" } });
  if (answer.status === SIGNED_OUT) saySignedOut();
  return answer;
}

async function attach(form: HTMLFormElement, files: Iterable<File>): Promise<void> {
  const answer = await post(form, files, false);
  if (!answer) return;
  const html = await answer.text();
  const list = form.querySelector<HTMLElement>("#draft-files");
  if (answer.ok && list) await swap(html, list, "innerHTML");
  else await swap(html, form, "none");
}

async function show(form: HTMLFormElement, editor: Editor, files: File[]): Promise<void> {
  const answer = await post(form, files, true);
  if (!answer) return;
  if (!answer.ok) return swap(await answer.text(), form, "none");
  const { pictures } = (await answer.json()) as Stored;
  const rich = await editor.rich();
  for (const { url, name } of pictures) {
    const picture = document.createElement("img");
    picture.setAttribute("src", url);
    picture.alt = name;
    rich.insert(picture.outerHTML);
  }
}

export function listenForFiles(form: HTMLFormElement, editor: Editor): void {
  const isText = () => String(new FormData(form).get("kind")) === "solution"; // a solution is text: no pictures in it
  const take = (files: Iterable<File>) => {
    const all = [...files];
    const pictures = isText() ? [] : all.filter((file) => SHOWN.test(file.type));
    void attach(form, all.filter((file) => !pictures.includes(file)));
    void show(form, editor, pictures);
  };
  const chooser = form.querySelector<HTMLInputElement>("input[type='file']");
  chooser?.addEventListener("change", () => {
    void attach(form, [...(chooser.files ?? [])]);
    chooser.value = "";
  });
  editor.surface.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data?.files.length || data.types.includes("text/html")) return; // Word and Excel add a picture of the text
    event.preventDefault();
    event.stopImmediatePropagation();
    take(data.files);
  }, { capture: true });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  }, { capture: true });
}
