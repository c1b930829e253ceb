/* The composer: rich text in place of the plain field, a draft kept as one types, files by paste and drop, Ctrl+Enter. */
import { listenForCompletion } from "./composer/completing.ts";
import { keepDraft } from "./composer/draft.ts";
import { makeEditor } from "./composer/editor.ts";
import { listenForFiles } from "./composer/files.ts";
import { listenForLinks } from "./composer/linking.ts";
import { listenForMacro, takeMacro, takeName } from "./composer/macros.ts";
import { noteWhatIsSeen } from "./composer/seen.ts";
import { showLength } from "./composer/texting.ts";

export default function composer(element: HTMLElement): (() => void) | void {
  if (!(element instanceof HTMLFormElement)) return;
  const editor = makeEditor(element);
  noteWhatIsSeen(element, editor);
  const draft = keepDraft(element, editor);
  listenForFiles(element, editor);
  listenForLinks(element, editor);
  listenForCompletion(element, editor, { "/": takeMacro(element, editor), "@": takeName(editor) });
  listenForMacro(element);
  showLength(element, editor.surface);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    element.requestSubmit();
  });
  element.addEventListener("submit", () => draft.stop(), { capture: true });
  element.addEventListener("htmx:finally:request", () => draft.resume());
  return () => draft.stop();
}
