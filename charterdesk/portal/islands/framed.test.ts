import assert from "node:assert/strict";
import { test } from "node:test";
import { numberIn } from "./framed.ts";

test("the number is found among other cookies, and nothing where it is not there", () => {
  assert.deepEqual([numberIn("a=b; asked_here=ab12; c=d"), numberIn("asked=no; xasked_here=no"), numberIn("")], ["ab12", "", ""]);
});
