import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRow } from "./desk/rows.ts";

test("J opens the first row when none is open, then the next, and stops at the end", () => {
  assert.equal(nextRow(3, -1, 1), 0);
  assert.equal(nextRow(3, 0, 1), 1);
  assert.equal(nextRow(3, 2, 1), null);
});

test("K opens the last row when none is open, then the one before, and stops at the beginning", () => {
  assert.equal(nextRow(3, -1, -1), 2);
  assert.equal(nextRow(3, 1, -1), 0);
  assert.equal(nextRow(3, 0, -1), null);
});

test("an empty list opens nothing", () => {
  assert.equal(nextRow(0, -1, 1), null);
});
