import assert from "node:assert/strict";
import test from "node:test";
import * as library from "../../src/letters/static/letters_library.js";
import * as sealing from "../../src/letters/static/scripts/sealing.js";
import { words } from "../../src/letters/static/scripts/words.js";

async function person(member) {
  const secret = await sealing.make_secret(library);
  return { member, secret, key: await sealing.public_key(library, member, secret) };
}

const anna = await person("anna");
const ben = await person("ben");
const eve = await person("eve");

const page = { conversation: "talk", from: "anna", to: "ben", sequence: 7 };

function letter_of(from, to, more = {}) {
  return sealing.seal_letter(library, from.secret, {
    ...page, from_key: from.key, to_key: to.key, at: "2026-03-01T08:15", body: "the 36 waited",
    ...more,
  });
}

/** The text with one bit of it changed. */
function changed(text, at) {
  const bytes = sealing.to_bytes(text);
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return sealing.to_text(bytes);
}

test("both read a letter, and nobody else", async () => {
  const sealed = await letter_of(anna, ben);
  for (const reader of [anna, ben]) {
    const read = await sealing.open_letter(library, reader.secret, sealed, page, [anna.key]);
    assert.equal(read.state, "good");
    assert.equal(read.words.body, "the 36 waited");
  }
  const other = await sealing.open_letter(library, eve.secret, sealed, page, [anna.key]);
  assert.deepEqual(other, { state: "unreadable" });
});

test("what is sealed shows no word, and sizes tell little", async () => {
  const sealed = await letter_of(anna, ben);
  const plain = new TextDecoder("latin1").decode(sealing.to_bytes(sealed));
  assert.ok(plain.startsWith("age-encryption.org/v1\n-> X25519 "));
  for (const word of ["waited", "anna", "ben", "talk", "payload"]) assert.ok(!plain.includes(word));
  const longer = await letter_of(anna, ben, { body: "the 36 waited for me today" });
  assert.equal(sealing.to_bytes(longer).length, sealing.to_bytes(sealed).length);
  assert.notEqual(longer, await letter_of(anna, ben, { body: "the 36 waited for me today" }));
});

test("a letter changed anywhere on its way isn't read", async () => {
  const sealed = await letter_of(anna, ben);
  for (const at of [2, 60, 200, 300, -1]) {
    const bent = changed(sealed, at);
    const read = await sealing.open_letter(library, ben.secret, bent, page, [anna.key]);
    assert.equal(read.state, "unreadable", `byte ${at}`);
  }
});

test("a server that seals a letter of its own can't sign it", async () => {
  const made_up = await sealing.seal_letter(library, eve.secret, {
    ...page, from_key: anna.key, to_key: ben.key, at: "2026-03-01T08:15", body: "meet me alone",
  });
  const read = await sealing.open_letter(library, ben.secret, made_up, page, [anna.key]);
  assert.deepEqual(read, { state: "forged" });
});

test("a letter signed by a key that nobody accepted is told apart", async () => {
  const made_up = await letter_of(eve, ben);
  const read = await sealing.open_letter(library, ben.secret, made_up, page, [anna.key]);
  assert.deepEqual(read, { state: "unknown" });
});

test("a true letter counts only where, from whom and as which it was written", async () => {
  const sealed = await letter_of(anna, ben);
  const elsewhere = [
    { conversation: "other" }, { from: "ben", to: "anna" }, { to: "eve" }, { sequence: 8 },
  ];
  for (const wrong of elsewhere) {
    const expected = { ...page, ...wrong };
    const read = await sealing.open_letter(library, ben.secret, sealed, expected, [anna.key]);
    assert.equal(read.state, "forged", JSON.stringify(wrong));
  }
});

/** Whatever a member's own browser seals and signs, in the place of a letter. */
async function signed(from, to, payload) {
  const text = JSON.stringify(payload);
  const message = new TextEncoder().encode(`kith letter 1\n${text}`);
  const signature = library.ed25519.sign(message, sealing.to_bytes(from.secret.signing));
  const encrypter = new library.Encrypter();
  for (const { key } of [from, to]) encrypter.addRecipient(key.recipient);
  return sealing.to_text(await encrypter.encrypt(
    JSON.stringify({ payload: text, signature: sealing.to_text(signature), pad: "" })));
}

test("what is signed and yet no letter is refused, and breaks nothing", async () => {
  const good = {
    ...page, from_key: sealing.key_name(library, "anna", anna.key), at: "2026-03-01T08:15",
    body: "words", picture: null,
  };
  const open = async (payload) => sealing.open_letter(
    library, ben.secret, await signed(anna, ben, payload), page, [anna.key]);
  assert.equal((await open(good)).state, "good");
  const wrong = [
    null, 5, "words", [], { ...good, body: 5 }, { ...good, body: null }, { ...good, body: {} },
    { ...good, at: undefined }, { ...good, at: "soon" }, { ...good, picture: "a cup" },
    { ...good, picture: { hash: 5, alt: "" } }, { ...good, picture: { hash: "h", alt: {} } },
  ];
  for (const payload of wrong)
    assert.deepEqual(await open(payload), { state: "forged" }, JSON.stringify(payload));
});

test("a key in whose place another was accepted is good for what was written before", async () => {
  const open = async (at, keys) => (await sealing.open_letter(
    library, ben.secret, await letter_of(anna, ben, { at }), page, keys)).state;
  const old = [{ ...anna.key, until: "2026-03-05" }, eve.key];
  assert.equal(await open("2026-03-04T23:10", old), "good");
  assert.equal(await open("2026-03-06T20:00", old), "good");
  assert.equal(await open("2026-03-09T00:00", old), "unknown");
  // Accepted again, it is the key of now.
  assert.equal(await open("2026-03-09T00:00", [...old, anna.key]), "good");
});

test("a secret comes back by its passphrase and by its code, however they are typed", async () => {
  const code = sealing.make_code();
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
  const wrapped = await sealing.wrap_for_both(
    library, anna.secret, "grüne Brücke am Fluss", code);
  const by_words = await sealing.unwrap_by_passphrase(
    library, wrapped.by_passphrase, "  gru\u0308ne Brücke  am Fluss ");
  assert.deepEqual(by_words, anna.secret);
  const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")}`;
  assert.deepEqual(await sealing.unwrap_by_code(library, wrapped.by_code, typed), anna.secret);
  for (const kept of Object.values(wrapped)) {
    const plain = new TextDecoder("latin1").decode(sealing.to_bytes(kept));
    assert.ok(!plain.includes("AGE-SECRET") && !plain.includes(code));
  }
});

test("long is not enough for a passphrase", () => {
  const simple = [
    "aaaaaaaaaaaaaaaaaaaa", "passpasspasspass", "123456789012345", "abcdefghijklmnop",
    "qwertyuiop asdfghjkl", "19840321 19840321", "9876543210 abcdefg",
  ];
  for (const words of simple) assert.ok(sealing.is_simple(words), words);
  const good = ["umbrella under seven stairs", "grüne Brücke am Fluss", "ferry 12 lamp cedar"];
  for (const words of good)
    assert.ok(!sealing.is_simple(words), words);
});

test("other words open nothing", async () => {
  const wrapped = await sealing.wrap_by_code(library, anna.secret, sealing.make_code());
  await assert.rejects(
    sealing.unwrap_by_code(library, wrapped, sealing.make_code()), sealing.WrongWords);
});

test("a public key is whole only as its member's own", async () => {
  assert.ok(sealing.is_whole(library, "anna", anna.key));
  assert.ok(!sealing.is_whole(library, "ben", anna.key));
  assert.ok(!sealing.is_whole(library, "anna", { ...anna.key, recipient: eve.key.recipient }));
  assert.ok(!sealing.is_whole(library, "anna", { ...anna.key, proof: "?" }));
});

test("two people compare the same twelve words, and others when a key was exchanged", () => {
  const seen = (...two) => sealing.compare_words(library, words, ...two).join(" ");
  assert.equal(seen(anna, ben), seen(ben, anna));
  assert.equal(seen(anna, ben).split(" ").length, 12);
  const false_ben = { member: "ben", key: eve.key };
  assert.notEqual(seen(anna, ben), seen(anna, false_ben));
});

test("the words are 256, each once, told apart by their first four letters", () => {
  assert.equal(words.length, 256);
  assert.equal(new Set(words.map((word) => word.slice(0, 4))).size, 256);
  for (const word of words) assert.match(word, /^[a-z]{3,9}$/);
});

test("notes are read by their member alone, and only as they wrote them", async () => {
  const notes = { version: 3, people: { talk: { name: "Ben" } } };
  const sealed = await sealing.seal_notes(library, anna.secret, "anna", notes);
  const read = await sealing.open_notes(library, anna.secret, "anna", sealed);
  assert.deepEqual(read.people, notes.people);
  assert.equal(await sealing.open_notes(library, ben.secret, "ben", sealed), null);
  // Anybody can seal for Anna, only she can sign.
  const by_eve = await sealing.seal_notes(
    library, { ...eve.secret, identity: anna.secret.identity }, "anna", notes);
  assert.equal(await sealing.open_notes(library, anna.secret, "anna", by_eve), null);
});

test("a picture is the one that its letter names", async () => {
  const bytes = new Uint8Array(70_000).map((_, at) => (at * 7919) % 251);
  const recipients = [anna.key.recipient, ben.key.recipient];
  const { sealed, picture } = await sealing.seal_picture(library, bytes, recipients, "A cup");
  const kept = sealing.to_bytes(sealed);
  assert.deepEqual(await sealing.open_picture(library, ben.secret, kept, picture), bytes);
  assert.equal(await sealing.open_picture(library, eve.secret, kept, picture), null);
  const other = await sealing.seal_picture(library, bytes, recipients, "A cup");
  const wrong = sealing.to_bytes(other.sealed);
  assert.equal(await sealing.open_picture(library, ben.secret, wrong, picture), null);
});

test("numbers of letters only grow, by steps of chance", () => {
  const steps = new Set();
  for (let last = 0, n = 0; n < 200; n += 1) {
    const next = sealing.next_sequence(last);
    assert.ok(next > last && next <= last + 1000);
    steps.add(next - last);
    last = next;
  }
  assert.ok(steps.size > 20);
});
