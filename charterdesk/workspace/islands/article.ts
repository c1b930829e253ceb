/* The editor of an article: formatted text, pictures by paste and drop, Markdown that is pasted becomes formatted. */
import { saySignedOut, SIGNED_OUT } from "../../ui/islands/page/signedout.ts";
import { makeEditor, type Editor } from "./composer/editor.ts";
import { listenForLinks } from "./composer/linking.ts";
import { looksLikeMarkdown } from "./composer/markdown.ts";

const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;

/** What a picture shows as far as its file's name tells: "Stopcock under the sink"; "" for a camera's or a program's. */
export function shownBy(name: string): string {
  const words = name.replace(/\.\w+$/, "").replace(/[-_\s]+/g, " ").trim();
  return /^(?:(?:img|dsc|image|picture|photo|screenshot|bild|foto|unnamed)\b ?)?[\d\s\p{P}]*$/iu.test(words) ? "" : words;
}

async function post(form: HTMLElement, address: string, data: FormData): Promise<Response | null> {
  data.set("csrfmiddlewaretoken", form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "");
  const answer = await fetch(address, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === SIGNED_OUT) saySignedOut();
  return answer;
}

async function show(form: HTMLElement, editor: Editor, files: File[]): Promise<void> {
  const data = new FormData();
  data.set("inline", "1");
  for (const file of files) data.append("files", file, file.name || "picture.png");
  const answer = await post(form, form.dataset["files"] ?? "", data);
  if (!answer?.ok) return;
  const { pictures } = (await answer.json()) as { pictures: { url: string; name: string }[] };
  const rich = await editor.rich();
  for (const { url, name } of pictures) {
    const picture = document.createElement("img");
    picture.setAttribute("src", url);
    picture.alt = shownBy(name);
    rich.insert(picture.outerHTML);
  }
}

async function put(form: HTMLElement, editor: Editor, text: string): Promise<void> {
  const data = new FormData();
  data.set("text", text);
  const answer = await post(form, form.dataset["markdown"] ?? "", data);
  const rich = await editor.rich();
  if (answer?.ok) rich.insert(((await answer.json()) as { html: string }).html);
  else rich.insert(text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`));
}

/** What else is done on the page is done with what stands there: it is kept first, but where a form is `data-apart`. Whoever leaves without is asked. */
function keepBefore(form: HTMLFormElement): void {
  let isChanged = false;
  form.addEventListener("input", () => (isChanged = true));
  const keep = async () => {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const isKept = answer?.ok ?? false;
    if (answer?.status === SIGNED_OUT) saySignedOut();
    else if (isKept) isChanged = false;
    else form.requestSubmit(); // the page says what is wrong, and nothing is lost
    return isKept;
  };
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (other === form) isChanged = false;
    if (!isChanged || !(other instanceof HTMLFormElement) || other.method !== "post" || "apart" in other.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    void keep().then((isKept) => isKept && other.requestSubmit(pressed));
  }, { capture: true });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}

export default function article(form: HTMLFormElement): void {
  const editor = makeEditor(form);
  listenForLinks(form, editor);
  keepBefore(form);
  const chooser = form.querySelector<HTMLInputElement>("[data-pictures]");
  chooser?.addEventListener("change", () => {
    void show(form, editor, [...(chooser.files ?? [])]);
    chooser.value = "";
  });
  // On the form, on the way down: before the editor, which takes what is pasted while it is still being fetched.
  form.addEventListener("paste", (event) => {
    if (!editor.surface.contains(event.target as Node)) return;
    const data = event.clipboardData;
    const pictures = [...(data?.files ?? [])].filter((file) => SHOWN.test(file.type));
    const text = data?.getData("text/plain") ?? "";
    const isRich = data?.types.includes("text/html") ?? false;
    if (!(pictures.length && !isRich) && !(!isRich && looksLikeMarkdown(text))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pictures.length) void show(form, editor, pictures);
    else void put(form, editor, text);
  }, { capture: true });
  editor.surface.addEventListener("drop", (event) => {
    const pictures = [...(event.dataTransfer?.files ?? [])].filter((file) => SHOWN.test(file.type));
    if (!pictures.length) return;
    event.preventDefault();
    event.stopPropagation();
    void show(form, editor, pictures);
  }, { capture: true });
  form.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
