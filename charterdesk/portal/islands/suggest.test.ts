import assert from "node:assert/strict";
import { test } from "node:test";
import { step } from "./suggest.ts";

test("arrows go round, past what was typed", () => {
  assert.deepEqual([step(-1, 1, 2), step(0, 1, 2), step(1, 1, 2)], [0, 1, -1]);
  assert.deepEqual([step(-1, -1, 2), step(0, -1, 2)], [1, -1]);
});
