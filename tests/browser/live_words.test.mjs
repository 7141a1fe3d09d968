import assert from "node:assert/strict";
import test from "node:test";
import { fresh_words, is_new, with_last_id } from "../../src/app/static/scripts/live_words.js";
import { new_key, wait_before_attempt } from "../../src/app/static/scripts/sending.js";

const stream = (action) => ({ getAttribute: () => action });

test("the pill speaks in the plural of its language", () => {
  const english = { one: "# new reply", other: "# new replies" };
  assert.equal(fresh_words(english, 1, "en"), "1 new reply");
  assert.equal(fresh_words(english, 2, "en"), "2 new replies");
  assert.equal(fresh_words({ two: "two", few: "# few", other: "# other" }, 2, "ar"), "two");
});

test("a plural that has no sentence of its own takes the general one", () => {
  assert.equal(fresh_words({ other: "# new" }, 1, "en"), "1 new");
});

test("adding is new, changing is not", () => {
  assert.equal(is_new(stream("append")), true);
  assert.equal(is_new(stream("replace")), false);
  assert.equal(is_new(stream("remove")), false);
});

test("a stream opened anew says what came last", () => {
  assert.equal(with_last_id("/events?topic=a", undefined, "https://x.org/"), "/events?topic=a");
  assert.equal(with_last_id("/events?topic=a&after=1", "42", "https://x.org/"),
    "/events?topic=a&after=42");
});

test("waiting grows, but never past 40 seconds", () => {
  const waits = [0, 1, 2, 3, 4, 50].map(wait_before_attempt);
  assert.deepEqual(waits, [5000, 10000, 20000, 40000, 40000, 40000]);
});

test("each sending has a key of its own", () => {
  const keys = new Set(Array.from({ length: 100 }, () => new_key()));
  assert.equal(keys.size, 100);
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
});
