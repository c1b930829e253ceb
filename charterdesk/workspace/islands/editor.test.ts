import assert from "node:assert/strict";
import { test } from "node:test";
import { isEmpty } from "./composer/editor.ts";

test("what a browser leaves behind in an empty editor is empty", () => {
  for (const html of ["", "<p><br></p>", "<div>&nbsp;</div>", "  \n"]) assert.equal(isEmpty(html), true);
});

test("a word or a picture is not empty", () => {
  for (const html of ["<p>a</p>", "<p><img src='cid:1'></p>"]) assert.equal(isEmpty(html), false);
});
