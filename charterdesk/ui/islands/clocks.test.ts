import assert from "node:assert/strict";
import { test } from "node:test";
import { spentWord, wordBeside } from "./page/clocks.ts";

const words = {
  late: "late {time}", reply: "answer in {time}", resolution: "solve in {time}", minutes: "{n} min", hours: "{n} h",
};

test("a promise is counted down in its last hour, by the second in its last five minutes", () => {
  const said = [3601, 3600, 301, 300, 61, 9, 0].map((seconds) => wordBeside(seconds, "reply", words));
  assert.deepEqual(said, [
    "", "answer in 60 min", "answer in 5 min", "answer in 5:00", "answer in 1:01", "answer in 0:09", "answer in 0:00",
  ]);
  assert.equal(wordBeside(600, "resolution", words), "solve in 10 min");
});

test("a late one says how late, until it is days", () => {
  const said = [-1, -3599, -3600, -172799, -172800].map((seconds) => wordBeside(seconds, "reply", words));
  assert.deepEqual(said, ["late 1 min", "late 59 min", "late 1 h", "late 47 h", ""]);
});

test("a timer counts up from nothing, with hours once there are some", () => {
  const said = [-3, 0, 7.9, 725, 3599, 3609, 36_000].map(spentWord);
  assert.deepEqual(said, ["0:00", "0:00", "0:07", "12:05", "59:59", "1:00:09", "10:00:00"]);
});
