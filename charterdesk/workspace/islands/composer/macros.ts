/* A macro taken up in the composer: its text is put where one writes, what it does besides is listed, to be done on sending. */
import type { Take } from "./completing.ts";
import type { Editor } from "./editor.ts";

type Found = { html: string; kind: string; steps: string };

const tell = (form: HTMLFormElement) => form.dispatchEvent(new Event("input", { bubbles: true }));

/** Take `option`'s macro in place of what was typed to find it. */
export function takeMacro(form: HTMLFormElement, editor: Editor): Take {
  return async (option, length) => {
    const answer = await fetch(option.dataset["address"] ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const found = (await answer.json()) as Found;
    const kind = form.querySelector<HTMLInputElement>(`[name='kind'][value='${found.kind}']`);
    if (found.html && kind && !kind.checked && form.querySelector("[name='kind'][value='solution']:checked") === null) kind.click();
    (await editor.rich()).replace(length, found.html);
    const isArticle = option.dataset["home"] === "composer-articles"; // several may be given, one macro taken up
    const home = form.querySelector(isArticle ? "#composer-articles" : "#composer-macro");
    if (home && isArticle) home.insertAdjacentHTML("beforeend", found.steps);
    else if (home) home.innerHTML = found.steps;
    tell(form); // kept with the draft
    editor.focus();
  };
}

/** Write a colleague's name behind its @. */
export function takeName(editor: Editor): Take {
  return async (option, length) => {
    const name = option.dataset["name"] ?? "";
    const text = document.createElement("span");
    text.textContent = `@${name}\u00a0`;
    (await editor.rich()).replace(length, text.innerHTML);
  };
}

export function listenForMacro(form: HTMLFormElement): void {
  form.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-drops-macro]")) return;
    form.querySelector("#composer-macro")?.replaceChildren();
    tell(form);
  });
}
