import assert from "node:assert/strict";
import { test } from "node:test";
import { idsIn, moves } from "./desk/list.ts";
import { inWords } from "./desk/presence.ts";
import { OpenTickets, covers } from "./desk/stream.ts";

test("the stream is asked anew only when another ticket is open than before", () => {
  const open = new OpenTickets();

  assert.equal(open.note("a", "1042"), true);
  assert.equal(open.note("b", "1042"), false);
  assert.equal(open.note("b", "1043"), true);
  assert.equal(open.note("a", ""), true);
  assert.deepEqual(open.numbers(), ["1043"]);
});

test("the way that came with a ticket is good for it alone", () => {
  const way = { url: "", token: "", topics: { "1042": "ticket:7" } };

  assert.equal(covers(way, ["1042"]), true);
  assert.equal(covers(way, ["1042", "1043"]), false);
});

test("rows that only change their words move nothing; a new or gone row does", () => {
  const shown = idsIn('<li id="row-1"></li><li id="row-2"></li>');

  assert.deepEqual(shown, ["row-1", "row-2"]);
  assert.equal(moves(shown, ["row-1", "row-2"]), false);
  assert.equal(moves(shown, ["row-3", "row-1", "row-2"]), true);
  assert.equal(moves(shown, ["row-1"]), true);
});

test("who writes is named before who looks", () => {
  const people = [
    { key: "agent:1", name: "Ada", doing: "looking" },
    { key: "agent:2", name: "Ben", doing: "typing" },
  ];

  assert.equal(inWords(people, "{name} is looking", "{name} is writing"), "Ben is writing · Ada is looking");
});
