/* A field of a settings form in which formatted text is written, as in the composer. */
import { makeEditor } from "./composer/editor.ts";
import { listenForLinks } from "./composer/linking.ts";

export default function richtext(element: HTMLElement): void {
  listenForLinks(element, makeEditor(element));
}
