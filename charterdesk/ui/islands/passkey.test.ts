import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, text } from "./passkey.ts";

test("bytes come back from their text, whatever they are", () => {
  const given = Uint8Array.from({ length: 256 }, (_, index) => index);
  assert.deepEqual(bytes(text(given.buffer)), given);
});

test("the text is one that stands in an address", () => {
  assert.equal(text(Uint8Array.from([251, 255, 254]).buffer), "-__-");
});
