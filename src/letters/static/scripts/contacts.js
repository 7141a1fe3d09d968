// Somebody who means no good soon asks to go on elsewhere, where nobody can help. Below the step
// that is meant for it, words with a way to reach somebody are pointed out, and never held back.

const digits_min = 9;
const address = /[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,}/u;
const handle = /(?:^|\s)@[\p{L}\d_.]{3,}/u;
const named = "what'?s\\s?app|insta(?:gram)?|snap\\s?chat|threema|discord|t\\.me|wa\\.me";
const elsewhere = new RegExp(`(?<![\\p{L}\\d])(?:${named})(?![\\p{L}\\d])`, "iu");
const number_like = /\+?\d[\d\s()/.-]{6,}\d/g;

/** Whether words seem to hold a way to reach somebody elsewhere. */
export function holds_contact(words) {
  const is_number = (found) => found.replace(/\D/g, "").length >= digits_min;
  return [address, handle, elsewhere].some((pattern) => pattern.test(words)) ||
    (words.match(number_like) ?? []).some(is_number);
}
