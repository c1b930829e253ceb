import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenIn } from "./page/signedout.ts";

test("the token is that of its cookie, wherever it stands among others", () => {
  assert.equal(tokenIn("a=1; csrftoken=xY9; b=2"), "xY9");
  assert.equal(tokenIn("csrftoken=xY9"), "xY9");
  assert.equal(tokenIn("oldcsrftoken=no; a=1"), "");
});
