/** How long to wait before trying to send again, in milliseconds: 5 s, 10 s, 20 s, then 40 s. */
export function wait_before_attempt(attempt) {
  return 5000 * 2 ** Math.min(attempt, 3);
}

/** A key that names one act of sending: 128 random bits, as 32 hexadecimal digits. */
export function new_key(random = crypto) {
  const bytes = random.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
