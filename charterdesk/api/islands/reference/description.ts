/* The description as the interactive page needs it. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };
type Parameter = { in?: string; required?: boolean; description?: string; example?: Json };
type Operation = { parameters?: Parameter[] };
export type Description = { paths: Record<string, Record<string, Operation>>; servers?: { url: string }[] };

/** The description to try operations with: what may be left out of an address is empty, its example told beside it.
 *
 * Swagger UI writes an example into the field, so that a list would be asked for what the desk does not hold. And it is
 * asked at `home`, where the page stands, be that a brand's own host. */
export function toTry(said: Description, home: string): Description {
  for (const operation of Object.values(said.paths).flatMap((methods) => Object.values(methods))) {
    for (const each of operation.parameters ?? []) {
      if (each.in !== "query" || each.required || each.example === undefined) continue;
      each.description = [each.description, `Such as \`${written(each.example)}\`.`].filter(Boolean).join(" ");
      delete each.example;
    }
  }
  return { ...said, servers: [{ url: home }] };
}

function written(example: Json): string {
  return typeof example === "string" ? example : JSON.stringify(example);
}

/** What stands at `path` in `whole`, with whatever it refers to in its place. Swagger UI's own way reads the whole
 * description anew for each operation that is opened, for seconds.
 *
 * What holds itself, such as a group of conditions within one, is named where it would begin again. */
export function resolved(whole: Json, path: readonly (string | number)[]): Json | undefined {
  return inPlace(at(whole, path.map(String)), whole, []);
}

function inPlace(part: Json | undefined, whole: Json, within: readonly string[]): Json | undefined {
  if (Array.isArray(part)) return part.map((each) => inPlace(each, whole, within) ?? null);
  if (part === null || typeof part !== "object") return part;
  const { $ref: name, ...rest } = part;
  const beside = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inPlace(value, whole, within)]));
  if (typeof name !== "string") return name === undefined ? beside : { ...beside, $ref: inPlace(name, whole, within) };
  const steps = name.replace(/^#\//, "").split("/");
  if (within.includes(name)) return { type: "object", title: steps.at(-1), ...beside };
  return { ...(inPlace(at(whole, steps), whole, [...within, name]) as object), ...beside };
}

function at(whole: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, step) => (part as Record<string, Json | undefined> | undefined)?.[step], whole);
}
