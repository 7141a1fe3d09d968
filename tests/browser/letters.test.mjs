import assert from "node:assert/strict";
import test from "node:test";
import * as library from "../../src/letters/static/letters_library.js";
import { excerpt, folded } from "../../src/letters/static/scripts/list.js";
import {
  judge_key, Notes, with_comparison, with_key,
} from "../../src/letters/static/scripts/notes.js";
import { make_secret, open_notes, public_key } from "../../src/letters/static/scripts/sealing.js";

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

test("searching folds case and accents, and shows the words around what was found", () => {
  assert.ok(folded("Die Brücke am FLUSS").includes(folded("bru\u0308cke")));
  const text = `${"before ".repeat(30)}the Crème is here${" after".repeat(60)}`;
  const found = excerpt(text, "creme");
  assert.ok(found.includes("Crème") && found.startsWith("…") && found.endsWith("…"));
  assert.ok(found.length < 200);
  assert.equal(excerpt("short", "short"), "short");
});
