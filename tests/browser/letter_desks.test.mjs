import assert from "node:assert/strict";
import test from "node:test";
import * as library from "../../src/letters/static/letters_library.js";
import { ConversationDesk } from "../../src/letters/static/scripts/conversation.js";
import { Desk } from "../../src/letters/static/scripts/desk.js";
import { KeysDesk } from "../../src/letters/static/scripts/keys.js";
import { with_key } from "../../src/letters/static/scripts/notes.js";
import { make_secret, public_key } from "../../src/letters/static/scripts/sealing.js";

const secret = await make_secret(library);
const key = await public_key(library, "anna", secret);
const ben = await public_key(library, "ben", await make_secret(library));
const other_ben = await public_key(library, "ben", await make_secret(library));

/** What is posted where; each get is answered by `answer`, each post by `refuse` or nothing. */
function server({ answer = {}, refuse = null } = {}) {
  const posted = [];
  globalThis.fetch = async (url, { body } = {}) => {
    if (!body) return Response.json(answer);
    posted.push({ url, form: JSON.parse(body) });
    return refuse ? Response.json({ error: refuse }, { status: refuse.status })
      : Response.json({});
  };
  return posted;
}

/** A desk without a page: what it says and shows is noted. */
function desk_of(more = {}) {
  const desk = Object.create(Desk.prototype);
  const said = [];
  const element = () => ({ textContent: "", focus() {} });
  return Object.assign(desk, {
    library, secret, key, member: "anna", said, page: { documentElement: { dataset: {} } },
    say: (...words) => said.push(words), word: (name) => name, show: () => {}, find: element,
    ...more,
  });
}

const stored = { recipient: key.recipient, verify_key: key.verify_key, proof: key.proof };
const passphrase = (value) => ({ passphrase: { value }, again: { value } });
const own = (fresh) => ({
  keys: { ...stored, by_passphrase: "old", by_code: "old code" }, notes: { version: 0 },
  desk: { fresh, again_url: "/sign-in/again" },
});

test("another passphrase leaves the code's wrap alone, and another code the other", async () => {
  const posted = server({ answer: own(true) });
  const desk = desk_of();
  const keys = new KeysDesk(desk);
  await keys.change(passphrase("umbrella under seven stairs"), { reset() {} });
  assert.equal(posted[0].form.by_code, "");
  assert.ok(posted[0].form.by_passphrase.length > 100);
  await keys.new_code();
  assert.equal(desk.made.form.by_passphrase, "");
  assert.ok(desk.made.form.by_code.length > 100);
});

test("nothing is made before the server knows who is there", async () => {
  const posted = server({ answer: own(false) });
  const desk = desk_of();
  const keys = new KeysDesk(desk);
  await keys.change(passphrase("umbrella under seven stairs"), { reset() {} });
  await keys.new_code();
  await desk.anew();
  assert.deepEqual(desk.said, Array(3).fill(["sign_in_again", "/sign-in/again"]));
  assert.equal(posted.length, 0);
  assert.equal(desk.made, undefined);
});

test("a code that took long to write down stays good while one signs in again", async () => {
  server({ answer: own(true), refuse: { status: 403, code: "refusal.fresh_sign_in" } });
  const made = { secret, code: "AAAAA-BBBBB", form: stored, rewraps: true };
  const desk = desk_of({ own: own(true), made });
  await desk.confirm({ last: { value: "bbbbb" } });
  assert.equal(desk.made, made);
  assert.deepEqual(desk.said, [["sign_in_apart", "/sign-in/again", { apart: true }]]);
});

/** Notes in memory, as a desk remembers them. */
function noting(people, doubtful = false) {
  const notes = {
    people, doubtful,
    person: (id, member) => people[id] ?? Object.values(people)
      .find((one) => member && one.member === member) ?? null,
  };
  const remember = async (id, change) => {
    const changed = change(people[id] ?? null);
    if (changed) people[id] = changed;
  };
  return { notes, remember };
}

async function met(people, now, doubtful) {
  const conversation = Object.create(ConversationDesk.prototype);
  Object.assign(conversation, {
    desk: desk_of(noting(people, doubtful)), show_standing() {},
    now: { id: "talk", open: true, other_id: "ben", name: "Ben", key: ben, ...now },
  });
  await conversation.meet();
  return conversation;
}

test("the first key of somebody new is taken, and never one beside it", async () => {
  const people = {};
  assert.equal((await met(people, {})).standing, "known");
  assert.equal(people.talk.keys.length, 1);
  assert.equal((await met(people, { key: other_ben })).standing, "changed");
  assert.equal((await met(people, { id: "made up", key: other_ben })).standing, "changed");
  assert.deepEqual(Object.keys(people), ["talk"]);
  assert.equal(people.talk.keys.length, 1);
});

test("a key that another browser noted meanwhile isn't joined by another", async () => {
  const people = {};
  const conversation = await met({}, { key: null });
  conversation.now.key = other_ben;
  const { notes, remember } = noting(people);
  Object.assign(conversation.desk, {
    notes,
    remember: (id, change) => {
      people.talk ??= with_key(null, "ben", "Ben", ben, "2026-03-08");
      return remember(id, change);
    },
  });
  await conversation.meet();
  assert.equal(conversation.standing, "changed");
  assert.equal(people.talk.keys.length, 1);
});

test("with notes in doubt a key waits for a decision, and is kept after it", async () => {
  const people = {};
  const conversation = await met(people, {}, true);
  assert.equal(conversation.standing, "changed");
  assert.deepEqual(people, {});
  conversation.render = async () => {};
  await conversation.accept();
  assert.equal(people.talk.keys.length, 1);
  await conversation.meet();
  assert.equal(conversation.standing, "known");
});

test("what is told as read is the last letter that was shown, and none of one's own", async () => {
  const posted = server();
  const conversation = Object.assign(Object.create(ConversationDesk.prototype), {
    desk: desk_of(), url: "/letters/talk", item_of: async ({ id }) => id,
    list: { children: [], replaceChildren() {} },
  });
  const letters = [
    { id: "a", own: false }, { id: "b", own: false }, { id: "c", own: true },
  ];
  conversation.now = { letters };
  conversation.item_of = async ({ id }) => {
    // What comes while the page is made isn't on it.
    conversation.now = { letters: [...letters, { id: "d", own: false }] };
    return id;
  };
  await conversation.render();
  conversation.now = { letters: [{ id: "c", own: true }] };
  await conversation.render();
  assert.deepEqual(posted, [{ url: "/letters/talk/read", form: { last: "b" } }]);
});

test("below kin a letter with a way elsewhere is sent at the second press", async () => {
  const form = writing("I am @wren_there", null);
  const desk = desk_of({ find: () => form });
  const conversation = Object.assign(Object.create(ConversationDesk.prototype), {
    desk, standing: "known", now: { kin: false }, clear: async () => {}, refresh: async () => {},
  });
  desk.page.location = { search: "" };
  let sent = 0;
  conversation.post = async () => (sent += 1);
  await conversation.send(form.elements, form);
  assert.deepEqual([sent, desk.said], [0, [["contact_goes"]]]);
  await conversation.send(form.elements, form);
  assert.equal(sent, 1);
  form.elements.words.value = "or call 0171 234 56 78";
  conversation.now.kin = true;
  await conversation.send(form.elements, form);
  assert.equal(sent, 2);
});

/** As much of the browser's Storage as drafts use. */
function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const field = (value) => ({ value, focus() {} });

function writing(words, file) {
  const form = new EventTarget();
  const picture = { files: file ? [file] : [], set value(empty) { this.files = []; } };
  form.elements = { words: field(words), picture, alt: field("") };
  return form;
}

test("what is typed while a letter is on its way stays, and is another letter", async () => {
  globalThis.sessionStorage = storage();
  const form = writing("first", "picture");
  const desk = desk_of({ find: () => form });
  desk.page.location = { search: "" };
  const conversation = Object.assign(Object.create(ConversationDesk.prototype), {
    desk, draft_name: "anna:talk", standing: "known", now: { near: false },
    refresh: async () => {},
  });
  const keys = [];
  let during = () => {};
  conversation.post = async ({ idempotency_key }) => {
    keys.push(idempotency_key);
    await during();
  };
  await conversation.begin_draft();
  const send = () => conversation.send(form.elements, form);

  during = () => {
    form.elements.words.value = "first, and more";
    form.dispatchEvent(new Event("input"));
  };
  await send();
  assert.equal(form.elements.words.value, "first, and more");
  assert.equal(form.elements.picture.files.length, 0);
  assert.equal(globalThis.sessionStorage.kept.size, 1);

  during = () => { throw new TypeError("no answer"); };
  await assert.rejects(send());
  await assert.rejects(send());
  form.elements.picture.files = ["another"];
  form.dispatchEvent(new Event("input"));
  during = () => {};
  await send();
  assert.equal(form.elements.words.value, "");
  assert.equal(globalThis.sessionStorage.kept.size, 0);
  // The first, the second twice under one key, and with a picture it is another.
  assert.equal(keys[1], keys[2]);
  assert.equal(new Set(keys).size, 3);
});
