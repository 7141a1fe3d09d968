import assert from "node:assert/strict";
import test from "node:test";
import * as library from "../../src/letters/static/letters_library.js";
import { holds_contact } from "../../src/letters/static/scripts/contacts.js";
import { excerpt, folded } from "../../src/letters/static/scripts/list.js";
import {
  judge_key, Notes, with_comparison, with_key,
} from "../../src/letters/static/scripts/notes.js";
import { accepted_keys, written_at } from "../../src/letters/static/scripts/reading.js";
import {
  make_secret, open_notes, public_key, seal_notes,
} from "../../src/letters/static/scripts/sealing.js";

const secrets = { anna: await make_secret(library), ben: await make_secret(library) };
const second = await public_key(library, "ben", await make_secret(library));
const ben = await public_key(library, "ben", secrets.ben);

test("a key is new, known or changed, and false when it is another's or no whole", () => {
  const judge = (person, key, member = "ben") => judge_key(library, person, member, key);
  const known = with_key(null, "ben", "Ben", ben, "2026-03-08");
  assert.equal(judge(null, ben), "new");
  assert.equal(judge(known, ben), "known");
  assert.equal(judge(known, second), "changed");
  assert.equal(judge(known, ben, "eve"), "false");
  assert.equal(judge(null, { ...ben, recipient: second.recipient }), "false");
  const accepted = with_key(known, "ben", "Ben", second, "2026-03-09");
  assert.equal(judge(accepted, second), "known");
  // An older key that comes back is a change like any other.
  assert.equal(judge(accepted, ben), "changed");
});

test("comparing is noted of the last key alone", () => {
  let person = with_key(null, "ben", "Ben", ben, "2026-03-08");
  person = with_comparison(person, "2026-03-08");
  assert.equal(person.keys[0].compared, "2026-03-08");
  person = with_key(person, "ben", "Ben", second, "2026-03-09");
  assert.deepEqual(person.keys.map((key) => key.compared), ["2026-03-08", null]);
});

/** A server that keeps notes, and refuses those that don't follow its last. */
function server_with(notes) {
  globalThis.fetch = async (url, { body } = {}) => {
    if (!body) return Response.json({ notes });
    const sent = JSON.parse(body);
    if (sent.version !== notes.version + 1)
      return Response.json({ error: { code: "letters.notes_are_newer" } }, { status: 409 });
    Object.assign(notes, sent);
    return Response.json({});
  };
  return notes;
}

test("what two browsers remember at once is remembered of both", async () => {
  const kept = server_with({ version: 0, sealed: "" });
  const one = new Notes(library, secrets.anna, "anna");
  const other = new Notes(library, secrets.anna, "anna");
  await one.remember("talk", () => ({ name: "Ben" }));
  await other.remember("other talk", () => ({ name: "Eve" }));
  const read = await open_notes(library, secrets.anna, "anna", kept.sealed);
  assert.deepEqual(Object.keys(read.people).sort(), ["other talk", "talk"]);
  assert.equal(kept.version, 2);
});

test("notes that come back older, or under another number, are doubted", async () => {
  const kept = server_with({ version: 0, sealed: "" });
  const notes = new Notes(library, secrets.anna, "anna");
  await notes.remember("talk", () => ({ name: "Ben" }));
  const first = { ...kept };
  await notes.remember("talk", (person) => ({ ...person, compared: true }));
  const again = new Notes(library, secrets.anna, "anna");
  await again.take(kept, 2);
  assert.ok(!again.doubtful && again.person("talk").compared);
  for (const [given, seen] of [[first, 2], [{ ...first, version: 2 }, 0], [{ version: 0 }, 1]]) {
    await again.take(given, seen);
    assert.ok(again.doubtful, JSON.stringify(given.version));
  }
});

test("a new conversation with somebody known is met with the keys that they are known by", () => {
  const notes = new Notes(library, secrets.anna, "anna");
  notes.people = { talk: with_key(null, "ben", "Ben", ben, "2026-03-08") };
  const known = notes.person("made up by the server", "ben");
  assert.equal(judge_key(library, known, "ben", second), "changed");
  assert.equal(judge_key(library, known, "ben", ben), "known");
  assert.equal(notes.person("made up by the server", "eve"), null);
  assert.equal(notes.person("made up by the server"), null);
});

test("with notes in doubt no key is new, and the doubt stays", async () => {
  assert.equal(judge_key(library, null, "ben", ben, true), "changed");
  assert.equal(judge_key(library, null, "ben", ben, false), "new");
  const kept = server_with({ version: 0, sealed: "" });
  const notes = new Notes(library, secrets.anna, "anna");
  await notes.take(kept, 3);
  assert.ok(notes.doubtful);
  // Another browser notes something; what comes back then agrees with itself.
  const people = { talk: with_key(null, "eve", "Eve", second, "2026-03-08") };
  const sealed = await seal_notes(library, secrets.anna, "anna", { version: 1, people });
  Object.assign(kept, { version: 1, sealed });
  await notes.remember("other", () => with_key(null, "ben", "Ben", ben, "2026-03-09"));
  assert.ok(notes.doubtful && notes.person("talk"));
});

test("what isn't changed isn't sent", async () => {
  const kept = server_with({ version: 0, sealed: "" });
  const notes = new Notes(library, secrets.anna, "anna");
  await notes.remember("talk", () => null);
  assert.equal(kept.version, 0);
});

test("each key but the last holds until the next was accepted", () => {
  let person = with_key(null, "ben", "Ben", ben, "2026-03-08");
  person = with_key(person, "ben", "Ben", second, "2026-03-20");
  assert.equal(with_key(person, "ben", "Benjamin", second, "2026-03-21").keys.length, 2);
  assert.deepEqual(accepted_keys(person).map(({ until }) => until), ["2026-03-20", null]);
  assert.deepEqual(accepted_keys(null), []);
});

test("a letter says when it was written, where the server says another time", () => {
  const words = { at: "2026-03-08T12:34" };
  assert.equal(written_at({ at: "2026-03-08T12:36:10Z" }, words), null);
  assert.equal(written_at({ at: "2026-03-19T09:00:00Z" }, words), Date.UTC(2026, 2, 8, 12, 34));
  assert.equal(written_at({ at: "2026-03-01T09:00:00Z" }, words), Date.UTC(2026, 2, 8, 12, 34));
});

test("a way to reach somebody elsewhere is seen, and days and hours aren't", () => {
  const ways = [
    "Write to wren@example.org.", "call me: +49 30 123 456 78", "0171-2345678, after six",
    "I am @wren_there", "let us go on in WhatsApp", "t.me/wren", "my Insta is wren",
  ];
  for (const words of ways) assert.ok(holds_contact(words), words);
  const others = [
    "Come on 2026-03-08 at 14:30.", "Am 08.03.2026 um 9 Uhr.", "instant coffee", "It cost 12 000.",
    "an email @ noon", "a discordant tone", "",
  ];
  for (const words of others) assert.ok(!holds_contact(words), words);
});

test("searching folds case and accents, and shows the words around what was found", () => {
  assert.ok(folded("Die Brücke am FLUSS").includes(folded("bru\u0308cke")));
  const text = `${"before ".repeat(30)}the Crème is here${" after".repeat(60)}`;
  const found = excerpt(text, "creme");
  assert.ok(found.includes("Crème") && found.startsWith("…") && found.endsWith("…"));
  assert.ok(found.length < 200);
  assert.equal(excerpt("short", "short"), "short");
});
