// Seals what two people write to each other, in their own browsers. The formats are those of
// docs/letters.md; `library` is what letters_library.js exports. Nothing here knows a page.

/** How hard each guess at a passphrase is: scrypt with N = 2^16, r = 8, which takes 64 MiB. */
export const passphrase_cost = 16;
/** A recovery code is 150 random bits: it needs no slowing down. */
const code_cost = 10;
/** Comparing words are made slowly as well, since they are few. */
const compare_cost = 14;
export const passphrase_characters_min = 15;

/** A passphrase or code that doesn't open what it should. */
export class WrongWords extends Error {}

const text_encoder = new TextEncoder();

function bytes_of_text(text) {
  return text_encoder.encode(text);
}

/** Bytes as base64url without padding. */
export function to_text(bytes) {
  let plain = "";
  for (let at = 0; at < bytes.length; at += 8192)
    plain += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of base64url; throws when it isn't. */
export function to_bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The SHA-256 of bytes, as base64url. */
export function hash_of(library, bytes) {
  return to_text(library.sha256(bytes));
}

/** What a key is called within letters: the hash of whose it is and of all of it. */
export function key_name(library, member, key) {
  const all = ["kith letters key 1", member, key.recipient, key.verify_key].join("\n");
  return hash_of(library, bytes_of_text(all));
}

function sign(library, secret, purpose, text) {
  const seed = to_bytes(secret.signing);
  return to_text(library.ed25519.sign(bytes_of_text(`${purpose}\n${text}`), seed));
}

function is_signed(library, verify_key, purpose, text, signature) {
  try {
    const bytes = bytes_of_text(`${purpose}\n${text}`);
    return library.ed25519.verify(to_bytes(signature), bytes, to_bytes(verify_key));
  } catch {
    return false;
  }
}

const proof_purpose = "kith letters proof 1";

/** New keys of a member: what never leaves the browser unwrapped. */
export async function make_secret(library) {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  return { v: 1, identity: await library.generateX25519Identity(), signing: to_text(seed) };
}

/** What of a secret everybody may know: for whom to seal, and by what to know who signed. */
export async function public_key(library, member, secret) {
  const recipient = await library.identityToRecipient(secret.identity);
  const verify_key = to_text(library.ed25519.getPublicKey(to_bytes(secret.signing)));
  const words = `${member}\n${recipient}`;
  return { recipient, verify_key, proof: sign(library, secret, proof_purpose, words) };
}

/** Whether both halves of a key belong together, and to this member. */
export function is_whole(library, member, key) {
  const words = `${member}\n${key.recipient}`;
  return is_signed(library, key.verify_key, proof_purpose, words, key.proof);
}

/** A passphrase as it is always taken: spaces at its ends and ways to type an accent are alike. */
export function plain_passphrase(passphrase) {
  return passphrase.normalize("NFKC").trim().replace(/\s+/g, " ");
}

const different_characters_min = 8;
const in_order = ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop",
  "asdfghjkl", "yxcvbnm", "zxcvbnm"];

/** Whether a passphrase is long by little alone: repeated, of digits only, or along the keys. */
export function is_simple(passphrase) {
  let rest = plain_passphrase(passphrase).toLowerCase().replaceAll(" ", "");
  if (new Set(rest).size < different_characters_min || /^\d+$/.test(rest)) return true;
  for (const row of in_order)
    for (const way of [row, [...row].reverse().join("")])
      for (let from = 0; from + 5 <= way.length; from += 1)
        rest = rest.replaceAll(way.slice(from, from + 5), "");
  return rest.length < different_characters_min;
}

// Crockford's letters and digits: none can be taken for another.
const code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new recovery code: six groups of five, 150 random bits. */
export function make_code() {
  const letters = [...crypto.getRandomValues(new Uint8Array(30))]
    .map((byte) => code_letters[byte % 32])
    .join("");
  return letters.match(/.{5}/g).join("-");
}

/** A code as it was made, however it was typed. */
export function plain_code(code) {
  const typed = code.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return [...typed].filter((letter) => code_letters.includes(letter)).join("");
}

async function wrap(library, secret, words, cost) {
  const encrypter = new library.Encrypter();
  encrypter.setScryptWorkFactor(cost);
  encrypter.setPassphrase(words);
  return to_text(await encrypter.encrypt(JSON.stringify(secret)));
}

/** The secret wrapped by both: what the server keeps for another device. */
export async function wrap_for_both(library, secret, passphrase, code) {
  return {
    by_passphrase: await wrap_by_passphrase(library, secret, passphrase),
    by_code: await wrap_by_code(library, secret, code),
  };
}

export function wrap_by_passphrase(library, secret, passphrase) {
  return wrap(library, secret, plain_passphrase(passphrase), passphrase_cost);
}

export function wrap_by_code(library, secret, code) {
  return wrap(library, secret, plain_code(code), code_cost);
}

async function unwrap(library, wrapped, words) {
  const decrypter = new library.Decrypter();
  decrypter.addPassphrase(words);
  let text;
  try {
    text = await decrypter.decrypt(to_bytes(wrapped), "text");
  } catch {
    throw new WrongWords("these words open nothing");
  }
  return JSON.parse(text);
}

export function unwrap_by_passphrase(library, wrapped, passphrase) {
  return unwrap(library, wrapped, plain_passphrase(passphrase));
}

export function unwrap_by_code(library, wrapped, code) {
  return unwrap(library, wrapped, plain_code(code));
}

async function encrypt_for(library, recipients, content) {
  const encrypter = new library.Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
}

async function decrypt_by(library, secret, bytes) {
  const decrypter = new library.Decrypter();
  decrypter.addIdentity(secret.identity);
  return decrypter.decrypt(bytes);
}

/** An envelope: words and their signature, padded so that its size says little of theirs. */
function envelope(library, secret, purpose, payload) {
  const whole = { payload, signature: sign(library, secret, purpose, payload), pad: "" };
  const step = 512;
  whole.pad = " ".repeat(step - (bytes_of_text(JSON.stringify(whole)).length % step));
  return JSON.stringify(whole);
}

const letter_purpose = "kith letter 1";

/**
 * A letter, signed by its sender and sealed for both. Signed with the words: which conversation,
 * from whom to whom, by and for which keys, and its number among the sender's letters.
 */
export async function seal_letter(library, secret, letter) {
  const { conversation, from, to, from_key, to_key, sequence, at, body, picture } = letter;
  const payload = JSON.stringify({
    v: 1,
    conversation,
    from,
    to,
    from_key: key_name(library, from, from_key),
    to_key: key_name(library, to, to_key),
    sequence,
    at,
    body,
    picture: picture ?? null,
  });
  const content = envelope(library, secret, letter_purpose, payload);
  return to_text(
    await encrypt_for(library, [from_key.recipient, to_key.recipient], content),
  );
}

const day_ms = 24 * 60 * 60 * 1000;

/** The moment that a letter's sender signed, "2026-03-08T12:34" of UTC; NaN when it is none. */
export function signed_time(at) {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) ? Date.parse(`${at}:00Z`) : NaN;
}

/** Whether what was sealed has the form of a letter: a signature says only who wrote it. */
function is_letter(words) {
  if (typeof words?.body !== "string" || Number.isNaN(signed_time(words.at))) return false;
  const { picture } = words;
  return picture === null || (typeof picture?.hash === "string" && typeof picture.alt === "string");
}

/** Days are the reader's own: a day more on either side is nobody's fault. */
function came_too_late(key, at) {
  return Boolean(key.until) && signed_time(at) > Date.parse(`${key.until}T00:00Z`) + 2 * day_ms;
}

/**
 * What a sealed letter says, or why it isn't to be believed: {state: "good", words} or a state of
 * "unreadable" (changed on its way, or for another key), "unknown" (signed by a key that wasn't
 * accepted, or isn't any more) or "forged". `expected` is what the page says of it; `keys` are keys
 * of its sender, `until` the day when another was accepted in its place.
 */
export async function open_letter(library, secret, sealed, expected, keys) {
  let words;
  let whole;
  try {
    const bytes = await decrypt_by(library, secret, to_bytes(sealed));
    whole = JSON.parse(new TextDecoder().decode(bytes));
    words = JSON.parse(whole.payload);
  } catch {
    return { state: "unreadable" };
  }
  if (!is_letter(words)) return { state: "forged" };
  for (const name of ["conversation", "from", "to", "sequence"])
    if (words[name] !== expected[name]) return { state: "forged" };
  const named = keys.filter((one) => key_name(library, expected.from, one) === words.from_key);
  const key = named.at(-1);
  if (!key || came_too_late(key, words.at)) return { state: "unknown" };
  if (!is_signed(library, key.verify_key, letter_purpose, whole.payload, whole.signature))
    return { state: "forged" };
  return { state: "good", words };
}

/** The next number of one's letters; with steps of chance, a letter taken back leaves no gap. */
export function next_sequence(last) {
  return last + 1 + crypto.getRandomValues(new Uint16Array(1))[0] % 1000;
}

/** A picture's bytes sealed for both, and what is signed of it in its letter. */
export async function seal_picture(library, bytes, recipients, alt) {
  const sealed = await encrypt_for(library, recipients, bytes);
  return { sealed: to_text(sealed), picture: { hash: hash_of(library, sealed), alt } };
}

/** The bytes of a picture, if they are those that its letter names; else null. */
export async function open_picture(library, secret, sealed, picture) {
  try {
    if (hash_of(library, sealed) !== picture.hash) return null;
    return await decrypt_by(library, secret, sealed);
  } catch {
    return null;
  }
}

const notes_purpose = "kith letters notes 1";

/** What one's browsers remember of others' keys, sealed for oneself and signed. */
export async function seal_notes(library, secret, member, notes) {
  const { recipient } = await public_key(library, member, secret);
  const payload = JSON.stringify({ v: 1, member, ...notes });
  const content = envelope(library, secret, notes_purpose, payload);
  return to_text(await encrypt_for(library, [recipient], content));
}

/** The notes, or null if they aren't this member's own. */
export async function open_notes(library, secret, member, sealed) {
  try {
    const bytes = await decrypt_by(library, secret, to_bytes(sealed));
    const whole = JSON.parse(new TextDecoder().decode(bytes));
    const { verify_key } = await public_key(library, member, secret);
    if (!is_signed(library, verify_key, notes_purpose, whole.payload, whole.signature)) return null;
    const notes = JSON.parse(whole.payload);
    return notes.member === member ? notes : null;
  } catch {
    return null;
  }
}

/** Twelve words that two people see alike if, and only if, both have the same two keys. */
export function compare_words(library, words, one, other) {
  const names = [one, other].map(({ member, key }) => key_name(library, member, key)).sort();
  const bytes = library.scrypt(names.join("\n"), "kith letters words 1", {
    N: 2 ** compare_cost,
    r: 8,
    p: 1,
    dkLen: 12,
  });
  return [...bytes].map((byte) => words[byte]);
}
