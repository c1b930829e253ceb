/* For other people's pages: `<script src="https://help.example.org/embed/1.js" async></script>` becomes the request form.
 *
 * `data-lang` (else the page's own language), `data-kind`, `data-team` and `data-subject` fill it in. Everything is in one block, so
 * that no name of ours meets one of the page's.
 */
{
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement) {
    const address = new URL(script.src.replace(/\.js([?#].*)?$/, "/request"));
    const language = script.dataset["lang"] || script.closest<HTMLElement>("[lang]")?.lang || "";
    const given = { lang: language, kind: script.dataset["kind"], team: script.dataset["team"], subject: script.dataset["subject"] };
    for (const [name, value] of Object.entries(given)) if (value) address.searchParams.set(name, value);

    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = script.dataset["title"] || "charterdesk";
    frame.style.cssText = "display:block;inline-size:100%;block-size:36rem;border:0;color-scheme:normal";
    script.after(frame);

    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
      const told = (event.data as { charterdesk?: { height?: unknown; title?: unknown } } | null)?.charterdesk;
      if (typeof told?.height === "number" && told.height > 0) frame.style.blockSize = `${Math.min(told.height, 10_000)}px`;
      if (typeof told?.title === "string" && !script.dataset["title"]) frame.title = told.title;
    });
  }
}
