import assert from "node:assert/strict";
import test from "node:test";
import {
  changed_fields, draft_days_max, draft_key, drop_old, forget_drafts,
  lock_letters_when_signed_out, mark_carried, read_draft, restorable, settle_carried, write_draft,
} from "../../src/app/static/scripts/draft_store.js";

/** As much of the browser's Storage as drafts use. */
function storage(entries = {}) {
  const made = { ...entries };
  const method = (value) => ({ value, enumerable: false });
  return Object.defineProperties(made, {
    getItem: method((key) => made[key] ?? null),
    setItem: method((key, value) => void (made[key] = value)),
    removeItem: method((key) => void delete made[key]),
  });
}

test("a draft belongs to one form and one reader", () => {
  const keys = [
    draft_key("/members/a", "/essays/x/comments"),
    draft_key("/members/b", "/essays/x/comments"),
    draft_key("/members/a", "/essays/y/comments"),
    draft_key("", "/essays/x/comments"),
  ];
  assert.equal(new Set(keys).size, keys.length);
});

test("only what was changed is kept, and nothing when nothing was", () => {
  const same = { name: "title", base: "One", value: "One" };
  assert.equal(changed_fields([same]), null);
  assert.deepEqual(changed_fields([same, { name: "body", base: "", value: "words" }]), {
    body: { base: "", value: "words" },
  });
});

test("what was typed comes back where the page is as it was", () => {
  const stored = { fields: { body: { base: "", value: "words" } } };
  assert.deepEqual(restorable(stored, { body: "", other: "" }), { body: "words" });
});

test("what the server sends back goes before an older draft", () => {
  const stored = { fields: { body: { base: "", value: "older words" } } };
  assert.deepEqual(restorable(stored, { body: "what was just sent" }), {});
});

test("a field that the page no longer has is left alone", () => {
  const stored = { fields: { gone: { base: "", value: "words" } } };
  assert.deepEqual(restorable(stored, { body: "" }), {});
  assert.deepEqual(restorable(null, { body: "" }), {});
});

test("a damaged or refused storage stops nobody", () => {
  assert.equal(read_draft(storage({ x: "{not json" }), "x"), null);
  const full = { setItem: () => { throw new Error("quota"); } };
  assert.equal(write_draft(full, "x", {}), false);
});

test("old drafts fade, other people's keys stay", () => {
  const day = 24 * 60 * 60 * 1000;
  const kept = storage();
  write_draft(kept, draft_key("a", "old"), { at: 0, fields: {} });
  write_draft(kept, draft_key("a", "new"), { at: 10 * day, fields: {} });
  kept.setItem("other", "1");
  drop_old(kept, (draft_days_max + 1) * day);
  assert.deepEqual(Object.keys(kept).sort(), [draft_key("a", "new"), "other"]);
});

test("forgetting takes drafts from the tab and from the device", () => {
  globalThis.sessionStorage = storage({ [draft_key("a", "x")]: "1", other: "1" });
  globalThis.localStorage = storage({ [draft_key("a", "y")]: "1" });
  forget_drafts();
  assert.deepEqual(Object.keys(globalThis.sessionStorage), ["other"]);
  assert.deepEqual(Object.keys(globalThis.localStorage), []);
});

test("a page that nobody is signed in to locks the letters of its tab, and keeps drafts", () => {
  const letters = () => storage({
    "kith.letters:anna": "keys", "kith.letters:draft:anna:talk": "sealed", other: "1",
  });
  const page = new EventTarget();
  page.documentElement = { dataset: { viewer: "/members/anna" } };
  globalThis.sessionStorage = letters();
  lock_letters_when_signed_out(page);
  assert.deepEqual(Object.keys(globalThis.sessionStorage), Object.keys(letters()));
  page.documentElement.dataset.viewer = "";
  page.dispatchEvent(new Event("turbo:load"));
  assert.deepEqual(Object.keys(globalThis.sessionStorage),
    ["kith.letters:draft:anna:talk", "other"]);
});

test("what another page has sent on is forgotten once it has arrived, and not before", () => {
  const key = draft_key("/members/a", "/essays/x/comments");
  const other = draft_key("/members/a", "/essays/y/comments");
  const draft = { at: 1, fields: { body: { base: "", value: "words" } }, sending: "k" };
  const kept = storage();
  write_draft(kept, key, draft);
  write_draft(kept, other, draft);
  settle_carried(kept, true);
  assert.deepEqual(read_draft(kept, key), draft);

  mark_carried(kept, key);
  settle_carried(kept, false);
  assert.deepEqual(read_draft(kept, key), draft);
  settle_carried(kept, true);
  assert.deepEqual(read_draft(kept, key), draft, "the mark was for the page that followed");

  mark_carried(kept, key);
  settle_carried(kept, true);
  assert.equal(read_draft(kept, key), null);
  assert.deepEqual(read_draft(kept, other), draft);
  mark_carried(kept, key);
  assert.equal(read_draft(kept, key), null, "no draft, no mark");
});
