import assert from "node:assert/strict";
import { test } from "node:test";
import { between } from "./desk/bulk.ts";

test("a range holds both its ends, whichever was chosen first", () => {
  assert.deepEqual(between([1, 2, 3, 4], 2, 4), [2, 3, 4]);
  assert.deepEqual(between([1, 2, 3, 4], 4, 2), [2, 3, 4]);
});

test("a range from a row that is gone is empty", () => {
  assert.deepEqual(between([1, 2, 3], 9, 2), []);
});
