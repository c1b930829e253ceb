import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted } from "./desk/panes.ts";

test("a width keeps to its steps and within its bounds", () => {
  assert.equal(fitted(371, 260, 560), 380);
  assert.equal(fitted(10, 260, 560), 260);
  assert.equal(fitted(9999, 260, 560), 560);
});
