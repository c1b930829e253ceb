/* Files chosen, pasted or dropped go to the draft at once; the list of them comes back. */
import { swap } from "./swap.ts";

async function send(form: HTMLFormElement, files: Iterable<File>): Promise<void> {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", String(new FormData(form).get("csrfmiddlewaretoken") ?? ""));
  for (const file of files) data.append("files", file, file.name || "picture.png");
  if (!data.has("files")) return;
  const answer = await fetch(form.dataset["files"] ?? "", { method: "POST", body: data, headers: { "HX-Request": "true" } });
  const html = await answer.text();
  const list = form.querySelector<HTMLElement>("#draft-files");
  if (answer.ok && list) await swap(html, list, "innerHTML");
  else await swap(html, form, "none");
}

export function listenForFiles(form: HTMLFormElement, surface: HTMLElement): void {
  const chooser = form.querySelector<HTMLInputElement>("input[type='file']");
  chooser?.addEventListener("change", () => {
    void send(form, chooser.files ?? []);
    chooser.value = "";
  });
  surface.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    void send(form, event.clipboardData.files);
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    void send(form, event.dataTransfer?.files ?? []);
  });
}
