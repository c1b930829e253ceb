/* For other people's pages: `<script src="https://help.example.org/charter/embed.js" async></script>` becomes the promises with their
 * figures of today. `data-lang` (else the page's own language) chooses the words. Styles stay inside; without an answer the link does.
 */
{
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement) {
    type Row = { code: string; title: string; share: string; said: string; promised: string; on_target: boolean | null };
    type Told = { url: string; direction: string; language: string; title: string; more: string; objectives: Row[] };
    const address = new URL(script.src.replace(/embed\.js([?#].*)?$/, "figures.json"));
    const language = script.dataset["lang"] || script.closest<HTMLElement>("[lang]")?.lang || "";
    if (language) address.searchParams.set("lang", language);
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    script.after(host);

    const made = (name: string, text: string, part = ""): HTMLElement => {
      const element = document.createElement(name);
      element.textContent = text;
      if (part) element.className = part;
      return element;
    };
    const show = (told: Told): void => {
      const style = made(
        "style",
        ":host{display:block}section{font:15px/1.5 system-ui,sans-serif;color:inherit}ul{list-style:none;margin:0;padding:0;display:grid;gap:12px;" +
          "grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}li{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:6px;padding:12px}" +
          "strong{display:block;font-size:28px;line-height:1.2}a{color:inherit}small{display:block;opacity:.8}" + // colours that lean to the page's own ink: readable in the dark too
          ".kept strong{color:color-mix(in srgb,#1a7f4b 70%,currentColor)}.late strong{color:color-mix(in srgb,#b3261e 70%,currentColor)}",
      );
      const section = document.createElement("section");
      section.dir = told.direction;
      section.lang = told.language;
      const list = document.createElement("ul");
      for (const row of told.objectives) {
        const item = document.createElement("li");
        item.className = row.on_target === null ? "" : row.on_target ? "kept" : "late";
        item.append(made("span", row.title), made("strong", row.share), made("small", row.said), made("small", row.promised));
        list.append(item);
      }
      const more = document.createElement("a");
      more.href = told.url;
      more.textContent = told.more;
      const foot = document.createElement("p");
      foot.append(more);
      section.append(...(told.title ? [made("h2", told.title), list] : []), foot);
      root.replaceChildren(style, section);
    };
    fetch(address.href, { credentials: "omit" })
      .then((answer) => (answer.ok ? (answer.json() as Promise<Told>) : Promise.reject(new Error(String(answer.status)))))
      .then(show)
      .catch(() => {
        const link = document.createElement("a");
        link.href = script.src.replace(/embed\.js([?#].*)?$/, "");
        link.textContent = link.href;
        root.replaceChildren(link);
      });
  }
}
