import { get_json } from "./asking.js";
import { open_letter, signed_time } from "./sealing.js";

/** So far the sender's clock and the server's may be apart, and the way from one to the other. */
const clock_gap_ms = 5 * 60 * 1000;

/** Opens letters of a conversation's page, each once; a number that comes twice is a replay. */
export class Reader {
  opened = new Map();
  seen = new Map();

  constructor(desk, conversation) {
    Object.assign(this, { desk, conversation });
  }

  async open(letter) {
    const known = this.opened.get(letter.id);
    if (known) return known;
    const result = this.once(letter, await this.open_sealed(letter));
    // What can't be believed yet is tried again: its key may be accepted meanwhile.
    if (result.state !== "unknown") this.opened.set(letter.id, result);
    return result;
  }

  open_sealed(letter) {
    const { desk, conversation } = this;
    const person = desk.notes.person(conversation);
    const other = person?.member ?? "";
    const expected = {
      conversation,
      from: letter.own ? desk.member : other,
      to: letter.own ? other : desk.member,
      sequence: letter.sequence,
    };
    const keys = letter.own ? [desk.key] : accepted_keys(person);
    return open_letter(desk.library, desk.secret, letter.sealed, expected, keys);
  }

  once(letter, result) {
    if (result.state !== "good") return result;
    const name = `${letter.own} ${letter.sequence}`;
    const first = this.seen.get(name) ?? letter.id;
    this.seen.set(name, first);
    return first === letter.id ? result : { state: "forged" };
  }
}

/** The keys of a person; but for the last, each until the day when the next was accepted. */
export function accepted_keys(person) {
  const keys = person?.keys ?? [];
  return keys.map((key, at) => ({ ...key, until: keys[at + 1]?.since ?? null }));
}

/**
 * When a letter was written, as its sender signed it, where that isn't the time which the server
 * gives: a letter that waited, or an old one that comes again. Else null.
 */
export function written_at(letter, words) {
  const signed = signed_time(words.at);
  return Math.abs(Date.parse(letter.at) - signed) > clock_gap_ms ? signed : null;
}

/** All pages of a conversation, the latest first. */
export const pages_of = async function* (url) {
  for (let next = url; next; ) {
    const page = await get_json(next);
    yield page;
    next = page.earlier_url;
  }
};

/** A moment as the reader's language says it, to the minute. */
export function moment_of(page, time) {
  const { lang } = page.documentElement;
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" })
    .format(new Date(time));
}

/** A day, "2026-03-08", as the reader's language says it. */
export function day_of(page, day) {
  return new Intl.DateTimeFormat(page.documentElement.lang, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(`${day}T00:00:00Z`));
}

export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
