import assert from "node:assert/strict";
import { test } from "node:test";
import { Presses } from "./desk/keys.ts";

test("two keys soon after each other are one name, and each its own", () => {
  let now = 0;
  const presses = new Presses(() => now);

  assert.deepEqual(presses.press("g"), ["g"]);
  now += 300;
  assert.deepEqual(presses.press("i"), ["g i", "i"]);
});

test("after a pause a key stands alone", () => {
  let now = 0;
  const presses = new Presses(() => now);

  presses.press("g");
  now += 900;
  assert.deepEqual(presses.press("i"), ["i"]);
});
