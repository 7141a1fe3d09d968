import assert from "node:assert/strict";
import test from "node:test";
import { ShiftPresses, presses_within_ms } from "../../src/app/static/scripts/leaving.js";

function press(presses, at) {
  presses.key_down("Shift");
  return presses.key_up("Shift", at);
}

test("Shift three times within five seconds means leave", () => {
  const presses = new ShiftPresses();
  assert.equal(press(presses, 0), 2);
  assert.equal(press(presses, 1000), 1);
  assert.equal(press(presses, 2000), 0);
});

test("three presses that take longer than five seconds do not", () => {
  const presses = new ShiftPresses();
  press(presses, 0);
  press(presses, 3000);
  assert.equal(press(presses, presses_within_ms), 1);
  assert.equal(press(presses, presses_within_ms + 1), 0);
});

test("someone who writes capitals stays", () => {
  const presses = new ShiftPresses();
  for (let at = 0; at < 1000; at += 100) {
    presses.key_down("Shift");
    presses.key_down("A");
    assert.notEqual(presses.key_up("A", at), 0);
    assert.notEqual(presses.key_up("Shift", at), 0);
  }
});

test("a held Shift counts once", () => {
  const presses = new ShiftPresses();
  presses.key_down("Shift");
  for (let i = 0; i < 20; i += 1) presses.key_down("Shift", true);
  assert.equal(presses.key_up("Shift", 500), 2);
});

test("any other key begins the count anew", () => {
  const presses = new ShiftPresses();
  press(presses, 0);
  press(presses, 100);
  presses.key_down("Tab");
  assert.equal(press(presses, 200), 2);
});

test("Shift with a click is no press", () => {
  const presses = new ShiftPresses();
  press(presses, 0);
  press(presses, 100);
  presses.key_down("Shift");
  presses.reset();
  assert.notEqual(presses.key_up("Shift", 200), 0);
});
