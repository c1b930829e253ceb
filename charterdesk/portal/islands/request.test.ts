import assert from "node:assert/strict";
import { test } from "node:test";
import { firstStep, missing } from "./request.ts";

test("what is missing is named once, though a choice has many buttons", () => {
  const radio = { name: "team", checkValidity: () => false };
  assert.deepEqual(missing([radio, radio, { name: "text", checkValidity: () => true }]), ["team"]);
});

test("the form begins where the server found a fault", () => {
  assert.equal(firstStep([{ faulty: false, filled: true }, { faulty: true, filled: true }]), 1);
});

test("the form begins at what is not filled in yet", () => {
  assert.equal(firstStep([{ faulty: false, filled: true }, { faulty: false, filled: false }]), 1);
  assert.equal(firstStep([{ faulty: false, filled: false }, { faulty: false, filled: false }]), 0);
});

test("a form that came back with nothing missing is at the step from which it is sent", () => {
  assert.equal(firstStep([{ faulty: false, filled: true }, { faulty: false, filled: true }]), 1);
});
