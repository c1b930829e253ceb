import assert from "node:assert/strict";
import { test } from "node:test";
import { shownBy } from "./article.ts";
import { looksLikeMarkdown } from "./composer/markdown.ts";

test("a heading, a table or two signs together are Markdown; a dash or a number alone is not", () => {
  for (const text of ["# Your meter\n\nRead it", "| a | b |\n|---|---|", "- one\n- **two**"]) assert.equal(looksLikeMarkdown(text), true, text);
  for (const text of ["Hello - there", "1. January was cold", "- one\n- two", "#hashtag"]) assert.equal(looksLikeMarkdown(text), false, text);
});

test("a picture is described by its file's name, unless a camera or a program gave it", () => {
  assert.deepEqual(["Stopcock_under-the sink.png", "tap.jpeg", "صمام.png"].map(shownBy), ["Stopcock under the sink", "tap", "صمام"]);
  assert.deepEqual(["image.png", "IMG_2041.JPG", "Screenshot 2026-11-23 15.04.png", "20261123.webp"].map(shownBy), ["", "", "", ""]);
});
