/* Keeps the draft: on the server a moment after each change, and at once when the page is left. */
import { saySignedOut, SIGNED_OUT } from "../../../ui/islands/page/signedout.ts";
import type { Editor } from "./editor.ts";

const QUIET_MS = 700;

export type Draft = { stop: () => void; resume: () => void };

function body(form: HTMLFormElement, editor: Editor): FormData {
  const data = new FormData();
  const fields = new FormData(form);
  for (const name of ["csrfmiddlewaretoken", "kind", "cc", "seen", "once", "taken_up"]) data.set(name, String(fields.get(name) ?? ""));
  for (const step of fields.getAll("step")) data.append("step", String(step));
  data.set("html", editor.html());
  return data;
}

export function keepDraft(form: HTMLFormElement, editor: Editor): Draft {
  const status = form.querySelector(".composer-saved");
  const address = form.dataset["draft"] ?? "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let isChanged = false;

  const save = async () => {
    if (!isChanged || isStopped) return;
    isChanged = false;
    const answer = await fetch(address, { method: "POST", body: body(form, editor), headers: { "HX-Request": "true" }, keepalive: true }).catch(() => null);
    if (answer?.status === SIGNED_OUT) saySignedOut();
    if (!answer?.ok) isChanged = true;
    if (status) status.textContent = answer?.ok ? (form.dataset["saved"] ?? "") : (form.dataset["unsaved"] ?? "");
    if (isChanged && !isStopped) later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), QUIET_MS);
  };
  const change = () => {
    isChanged = true;
    if (status) status.textContent = "";
    later();
  };
  form.addEventListener("input", (event) => {
    if ((event.target as HTMLElement).matches("[type='file'], [name='send_at'], [name='then']")) return;
    change();
  });
  addEventListener("pagehide", () => void save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void save());
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
    resume: () => {
      isStopped = !form.isConnected;
    },
  };
}
