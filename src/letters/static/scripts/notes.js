import { get_json, post_json } from "./asking.js";
import { is_whole, open_notes, seal_notes } from "./sealing.js";

export function same_key(one, other) {
  return one.recipient === other.recipient && one.verify_key === other.verify_key;
}

/**
 * How it stands with the key that the server gives for the other of a conversation, against what
 * one's own browsers remember of them: "new", "known", "changed", or "false" when it isn't that
 * member's own at all. With notes that are `doubtful`, none is new: the person may be forgotten.
 */
export function judge_key(library, person, other_id, key, doubtful = false) {
  if (!is_whole(library, other_id, key)) return "false";
  if (!person) return doubtful ? "changed" : "new";
  if (person.member !== other_id) return "false";
  return same_key(person.keys.at(-1), key) ? "known" : "changed";
}

/** The person as remembered, with a key more that is now accepted. */
export function with_key(person, other_id, name, key, today) {
  const keys = person?.keys ?? [];
  if (keys.length > 0 && same_key(keys.at(-1), key)) return { ...person, name };
  const { recipient, verify_key, proof } = key;
  const accepted = { recipient, verify_key, proof, since: today, compared: null };
  return { member: other_id, name, keys: [...keys, accepted] };
}

/** The person whose last key was compared today. */
export function with_comparison(person, today) {
  const keys = person.keys.map((key, at) =>
    at === person.keys.length - 1 ? { ...key, compared: today } : key);
  return { ...person, keys };
}

/** What one's browsers remember of others, by conversation; kept sealed on the server. */
export class Notes {
  people = {};
  version = 0;
  /** The server gave notes that aren't ours, or older ones than this browser has seen. */
  doubtful = false;

  constructor(library, secret, member) {
    Object.assign(this, { library, secret, member });
  }

  /** Takes what the server keeps; `seen` is the latest version that this browser knows of. */
  async take({ version, sealed }, seen = 0) {
    this.version = version;
    this.people = {};
    // Once in doubt they stay so, whatever the server gives next.
    this.doubtful ||= version < seen;
    if (version === 0) return;
    const opened = await open_notes(this.library, this.secret, this.member, sealed);
    if (opened?.version === version) this.people = opened.people;
    else this.doubtful = true;
  }

  /** Who is remembered of a conversation; of a new one with `member`, who is known elsewhere. */
  person(conversation, member = null) {
    const of_member = (one) => member !== null && one.member === member;
    return this.people[conversation] ?? Object.values(this.people).find(of_member) ?? null;
  }

  /**
   * Remembers `change(person)` of a conversation, unless that is null; what another device noted
   * meanwhile stays.
   */
  async remember(conversation, change) {
    for (let tries = 0; ; tries += 1) {
      const changed = change(this.person(conversation));
      if (!changed) return;
      const people = { ...this.people, [conversation]: changed };
      const notes = { version: this.version + 1, people };
      const sealed = await seal_notes(this.library, this.secret, this.member, notes);
      try {
        await post_json("/letters/notes", { version: notes.version, sealed });
        Object.assign(this, notes);
        return;
      } catch (refused) {
        if (refused.status !== 409 || tries === 3) throw refused;
        const { notes: newer } = await get_json("/letters/keys");
        await this.take(newer, this.version);
      }
    }
  }
}
