import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeMarkdown } from "./composer/markdown.ts";

test("a heading, a table or two signs together are Markdown; a dash or a number alone is not", () => {
  for (const text of ["# Your meter\n\nRead it", "| a | b |\n|---|---|", "- one\n- **two**"]) assert.equal(looksLikeMarkdown(text), true, text);
  for (const text of ["Hello - there", "1. January was cold", "- one\n- two", "#hashtag"]) assert.equal(looksLikeMarkdown(text), false, text);
});
