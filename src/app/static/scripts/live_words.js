const adding = new Set(["append", "prepend", "before", "after"]);

/** Whether a stream brings something new, rather than changing what is there. */
export function is_new(stream) {
  return adding.has(stream.getAttribute("action"));
}

/** Whether a change lies below what is on the screen, so that it moves nothing that is read. */
export function can_wait_unseen(stream, height, find) {
  const target = find(stream.getAttribute("target"));
  return Boolean(target) && target.getBoundingClientRect().top > height;
}

/** The pill's sentence: the page holds one for each plural of its language, # is the number. */
export function fresh_words(sentences, count, language) {
  const plural = new Intl.PluralRules(language).select(count);
  const sentence = sentences[plural] || sentences.other || "#";
  return sentence.replace("#", new Intl.NumberFormat(language).format(count));
}

/** A stream opened anew begins after the last event that came. */
export function with_last_id(url, last_id, base) {
  const whole = new URL(url, base);
  if (last_id) whole.searchParams.set("after", last_id);
  return whole.pathname + whole.search;
}
