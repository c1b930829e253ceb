import assert from "node:assert/strict";
import { test } from "node:test";
import { explainsItself } from "./page/toasts.ts";

test("refusals and forms say themselves what was wrong; a lost right or a broken server does not", () => {
  assert.deepEqual([200, 409, 422].map(explainsItself), [true, true, true]);
  assert.deepEqual([403, 404, 500].map(explainsItself), [false, false, false]);
});
