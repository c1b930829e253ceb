import assert from "node:assert/strict";
import { test } from "node:test";
import { newest } from "./composer/seen.ts";

test("the newest message shown is the one with the highest number, wherever it stands", () => {
  assert.equal(newest(["message-9", "message-12", "day-20260101", "message-10"]), 12);
  assert.equal(newest([]), 0);
});
