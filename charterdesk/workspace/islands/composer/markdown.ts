/* Whether plain text that is pasted was written as Markdown. */

const SIGNS = [/^#{1,4} \S/m, /^\s*[-*+] \S/m, /^\s*\d+[.)] \S/m, /\*\*[^*\n]+\*\*/, /\[[^\]\n]+\]\([^)\s]+\)/, /^```/m, /^> \S/m, /^\|.+\|\s*$/m];

/** A heading or a table is enough; of the other signs there have to be two, as a dash alone is only a dash. */
export function looksLikeMarkdown(text: string): boolean {
  const found = SIGNS.filter((sign) => sign.test(text));
  return found.includes(SIGNS[0]!) || found.includes(SIGNS[7]!) || found.length > 1;
}
