import assert from "node:assert/strict";
import { test } from "node:test";

import { countParts, plain } from "./composer/texting.ts";

test("a text is counted in the parts a provider charges for", () => {
  const texts = ["a".repeat(160), "a".repeat(161), "€".repeat(80), "€".repeat(81), "ж".repeat(70), "ж".repeat(71), "😀".repeat(35), "😀".repeat(36)];
  assert.deepEqual(texts.map(countParts), [1, 2, 1, 2, 1, 2, 1, 2]);
});

test("a curly quote does not double the price", () => {
  assert.equal(countParts(plain(`“${"a".repeat(150)}”…`)), 1);
});
