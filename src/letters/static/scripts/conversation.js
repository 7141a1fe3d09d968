import { get_bytes, get_json, post_json } from "./asking.js";
import { holds_contact } from "./contacts.js";
import { keep_draft, kept_draft } from "./keeping.js";
import { judge_key, with_comparison, with_key } from "./notes.js";
import { drawn, redrawn } from "./pictures.js";
import { day_of, moment_of, Reader, today, written_at } from "./reading.js";
import {
  compare_words, next_sequence, open_notes, open_picture, seal_letter, seal_notes, seal_picture,
} from "./sealing.js";
import { words } from "./words.js";

const letter_bytes_max = 16 * 1024;

/** What the form of a letter holds now. */
function content_of({ words, picture, alt }) {
  return { words: words.value, file: picture?.files[0], alt: alt?.value ?? "" };
}

/** A conversation that is open on the page, once the keys are there. */
export class ConversationDesk {
  constructor(desk) {
    this.desk = desk;
    this.url = desk.root.dataset.url;
    this.list = desk.find("[data-list]");
  }

  async begin() {
    const { desk } = this;
    this.now = await get_json(this.url + desk.page.location.search);
    this.reader = new Reader(desk, this.now.id);
    this.draft_name = `${desk.member}:${this.now.id}`;
    desk.on_form("send", (fields, form) => this.send(fields, form));
    desk.on_click("compared", () => this.compared());
    desk.on_click("accept", () => this.accept());
    await this.meet();
    await this.render();
    await this.begin_draft();
    this.listen();
  }

  /** Judges the key that the server gives for the other, and shows how it stands. */
  async meet() {
    const { desk, now } = this;
    this.standing = this.judge();
    if (this.standing === "new") {
      await this.take_key(false);
      this.standing = this.judge();
    }
    if (now.open && this.standing === "known") await this.take_name();
    this.show_standing();
  }

  judge() {
    const { desk, now: { id, other_id, key } } = this;
    if (!key) return "none";
    const { doubtful } = desk.notes;
    return judge_key(desk.library, desk.notes.person(id, other_id), other_id, key, doubtful);
  }

  /** Remembers the other's key; one that nobody `decided` on never beside one that is there. */
  take_key(decided) {
    const { desk, now: { id, other_id, name, key } } = this;
    return desk.remember(id, () => {
      const person = desk.notes.person(id, other_id);
      if (!decided && (person || desk.notes.doubtful)) return null;
      return with_key(person, other_id, name, key, today());
    });
  }

  take_name() {
    const { desk, now: { id, other_id, name } } = this;
    return desk.remember(id, (person) => person?.name === name
      ? null : { ...desk.notes.person(id, other_id), name });
  }

  show_standing() {
    const { desk, now, standing } = this;
    const person = desk.notes.person(now.id, now.other_id);
    for (const element of desk.root.querySelectorAll("[data-standing]"))
      element.hidden = !now.open || element.dataset.standing !== standing;
    desk.find("[data-name]").textContent = now.name ?? person?.name ?? desk.word("someone");
    if (person && !now.open) this.show_closed(person);
    desk.find('form[data-form="send"]').hidden = !now.open || standing !== "known";
    for (const element of desk.root.querySelectorAll("[data-near]")) element.hidden = !now.near;
    const comparing = desk.find("[data-comparing]");
    comparing.hidden = !now.open || !["known", "changed"].includes(standing);
    if (comparing.hidden) return;
    const compared = person?.keys.at(-1).compared;
    const known = standing === "known";
    desk.find("[data-compared]").textContent = known && compared
      ? `${desk.word("compared_on")} ${day_of(desk.page, compared)}`
      : desk.word("not_compared");
    desk.find('[data-act="compared"]').hidden = !known || Boolean(compared);
    comparing.addEventListener("toggle", () => this.show_words(), { once: true });
    if (comparing.open || standing === "changed") this.show_words();
  }

  /** Of a closed conversation the server tells nothing: what is shown is remembered here alone. */
  show_closed({ member, name }) {
    const { page } = this.desk;
    const distance = page.querySelector("[data-closed-distance]");
    // One that closed meanwhile has its name and link already.
    if (!distance) return;
    page.querySelector("[data-closed-name]").textContent = name;
    distance.href = `/members/${encodeURIComponent(member)}/distance?then=%2Fletters`;
    distance.hidden = false;
  }

  /** The words take a moment to make: only who looks for them waits. */
  show_words() {
    const { desk, now } = this;
    const own = { member: desk.member, key: desk.key };
    const shown = compare_words(desk.library, words, own, { member: now.other_id, key: now.key });
    desk.find("[data-comparing]").open = true;
    desk.find("[data-words]").replaceChildren(...shown.map((word) => {
      const item = desk.page.createElement("li");
      item.textContent = word;
      return item;
    }));
  }

  async compared() {
    await this.desk.remember(this.now.id, (person) => with_comparison(person, today()));
    this.show_standing();
  }

  async accept() {
    await this.take_key(true);
    this.standing = "known";
    this.show_standing();
    await this.render();
  }

  /** Fetches what is new; letters that are on the page already stay where they are. */
  async refresh() {
    const before = new Set([...this.list.children].map((item) => item.dataset.id));
    this.now = await get_json(this.url);
    await this.meet();
    await this.render();
    const came = this.now.letters.some((letter) => !letter.own && !before.has(letter.id));
    if (came) this.desk.say(this.desk.word("came"));
  }

  async render() {
    const { now, list, desk } = this;
    const here = new Map([...list.children].map((item) => [item.dataset.id, item]));
    const items = [];
    for (const letter of now.letters) {
      const old = here.get(letter.id);
      const same = old?.dataset.state === this.state_of(letter);
      items.push(same ? old : await this.item_of(letter));
    }
    list.replaceChildren(...items);
    desk.find("[data-none]").hidden = items.length > 0;
    for (const way of ["earlier", "later"]) {
      const link = desk.find(`[data-${way}]`);
      link.hidden = !now[`${way}_url`];
      if (!link.hidden) link.href = now[`${way}_url`];
    }
    // What comes meanwhile wasn't seen: read is what is shown, and what stands before it.
    const last = now.letters.filter((letter) => !letter.own).at(-1);
    if (last) await post_json(`${this.url}/read`, { last: last.id });
  }

  state_of(letter) {
    return `${letter.read} ${Boolean(letter.unsend_url)} ${this.standing}`;
  }

  async item_of(letter) {
    const { desk, now } = this;
    const item = this.make("li", letter.own ? "is-you" : "");
    item.dataset.id = letter.id;
    item.dataset.state = this.state_of(letter);
    const head = this.make("p", "meta");
    const who = letter.own ? desk.word("you") : desk.find("[data-name]").textContent;
    head.append(this.make("bdi", "", who), ` · ${moment_of(desk.page, letter.at)}`);
    if (letter.read) head.append(` · ${desk.word("read")}`);
    item.append(head);
    const opened = await this.reader.open(letter);
    if (opened.state !== "good") {
      item.append(this.make("p", "panel panel--harm panel--slim", desk.word(opened.state)));
      return item;
    }
    const written = written_at(letter, opened.words);
    if (written !== null)
      head.append(` · ${desk.word("written")} ${moment_of(desk.page, written)}`);
    item.append(...this.paragraphs_of(opened.words.body));
    if (!letter.own && now.open && !now.kin && holds_contact(opened.words.body))
      item.append(this.make("p", "hint", desk.word("contact_came")));
    if (letter.picture_url && opened.words.picture) item.append(this.picture_of(letter, opened));
    if (letter.unsend_url) item.append(this.take_back_of(letter));
    return item;
  }

  /** Someone's words, as words and nothing else. */
  paragraphs_of(body) {
    return body.split(/\n{2,}/).filter(Boolean).map((words_of) => {
      const paragraph = this.make("p", "");
      paragraph.dir = "auto";
      for (const line of words_of.split("\n")) {
        if (paragraph.hasChildNodes()) paragraph.append(this.make("br"));
        paragraph.append(line);
      }
      return paragraph;
    });
  }

  make(tag, name, text) {
    const element = this.desk.page.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  button(label, work) {
    const holder = this.make("p", "");
    const button = this.make("button", "btn btn--small", label);
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await work(holder);
      } catch (failure) {
        this.desk.say_failure(failure);
      }
    });
    holder.append(button);
    return holder;
  }

  /** Nothing loads by itself: a picture comes when it is asked for. */
  picture_of(letter, { words: { picture } }) {
    const { desk } = this;
    const label = picture.alt ? `${desk.word("show_picture")}: ${picture.alt}`
      : desk.word("show_picture");
    return this.button(label, async (holder) => {
      const sealed = await get_bytes(letter.picture_url);
      const bytes = await open_picture(desk.library, desk.secret, sealed, picture);
      const alt = picture.alt || desk.word("a_picture");
      holder.replaceChildren(
        bytes ? await drawn(desk.page, bytes, alt) : desk.word("picture_false"));
    });
  }

  take_back_of(letter) {
    return this.button(this.desk.word("take_back"), async () => {
      await post_json(letter.unsend_url, {});
      await this.refresh();
      this.desk.say(this.desk.word("taken_back"));
    });
  }

  /** The same words are sent under the same key until the server has them, and so only once. */
  async send(fields, form) {
    const { desk } = this;
    const sent = content_of(fields);
    const body = sent.words.trim();
    const { file } = sent;
    if (!body && !file) {
      desk.say(desk.word("empty"));
      return fields.words.focus();
    }
    if (new TextEncoder().encode(body).length > letter_bytes_max)
      return desk.say(desk.word("too_long"));
    if (!this.now.kin && holds_contact(body) && this.asked_about !== body) {
      this.asked_about = body;
      return desk.say(desk.word("contact_goes"));
    }
    const idempotency_key = (this.key_of_words ??= crypto.randomUUID());
    const alt = sent.alt.trim();
    if (this.standing !== "known") return;
    const picture = this.now.near && file ? await this.sealed_picture(file, alt) : null;
    await this.post({ body, picture, idempotency_key });
    await this.clear(form, sent);
    if (desk.page.location.search) return desk.page.location.assign(this.url);
    await this.refresh();
    desk.say(desk.word("sent"));
    fields.words.focus();
  }

  /** Empties the form of what was sent; what was typed or chosen meanwhile stays. */
  async clear(form, sent) {
    const fields = form.elements;
    const left = content_of(fields);
    if (left.words === sent.words && left.file === sent.file) this.key_of_words = null;
    if (left.words === sent.words) fields.words.value = "";
    if (fields.picture && left.file === sent.file) fields.picture.value = "";
    if (fields.alt && left.alt === sent.alt) fields.alt.value = "";
    await this.keep_words(fields.words);
  }

  async sealed_picture(file, alt) {
    const { desk, now } = this;
    let bytes;
    try {
      bytes = await redrawn(desk.page, file);
    } catch {
      throw Object.assign(new Error(desk.word("no_picture")), { status: 422 });
    }
    return seal_picture(desk.library, bytes, [desk.key.recipient, now.key.recipient], alt);
  }

  async post({ body, picture, idempotency_key }, tries = 0) {
    const { desk, now } = this;
    // Never for a key that wasn't accepted, even if it changed while the letter was on its way.
    if (this.standing !== "known") throw new Error("the key isn't accepted");
    const sequence = next_sequence(now.last_sequence);
    const sealed = await seal_letter(desk.library, desk.secret, {
      conversation: now.id, from: desk.member, to: now.other_id, from_key: desk.key,
      to_key: now.key, sequence, at: new Date().toISOString().slice(0, 16), body,
      picture: picture?.picture,
    });
    try {
      await post_json(this.url, {
        sealed, sequence, idempotency_key, picture: picture?.sealed ?? "",
        recipient: now.key.recipient, own_recipient: desk.key.recipient,
      });
    } catch (refused) {
      // Another device of one's own wrote meanwhile, or the other has new keys: look again.
      if (refused.status !== 409) throw refused;
      await this.refresh();
      if (tries > 0 || refused.code !== "letters.number_is_taken") throw refused;
      await this.post({ body, picture, idempotency_key }, tries + 1);
    }
  }

  async begin_draft() {
    const { desk } = this;
    const form = desk.find('form[data-form="send"]');
    const { words: field } = form.elements;
    const sealed = kept_draft(desk.page, this.draft_name);
    const draft = sealed && (await open_notes(desk.library, desk.secret, desk.member, sealed));
    if (draft?.body && !field.value) {
      field.value = draft.body;
      desk.say(desk.word("draft"));
    }
    let timer;
    // Other words, or another picture, are another letter.
    form.addEventListener("input", () => {
      this.key_of_words = null;
      clearTimeout(timer);
      timer = setTimeout(() => this.keep_words(field), 400);
    });
  }

  async keep_words(field) {
    const { desk } = this;
    const body = field.value;
    const sealed = body.trim()
      ? await seal_notes(desk.library, desk.secret, desk.member, { body }) : null;
    if (field.value === body) keep_draft(desk.page, this.draft_name, sealed);
  }

  /** News come at once where both let them; a page that nobody looks at asks for none. */
  listen() {
    const { page } = this.desk;
    const stop = new AbortController();
    const look = () => {
      if (!this.desk.root.isConnected) stop.abort();
      const listens = !stop.signal.aborted && page.visibilityState === "visible";
      if (!listens || !this.now.live_url) {
        this.source?.close();
        this.source = null;
      } else if (!this.source) {
        this.source = new EventSource(this.now.live_url);
        this.source.addEventListener("letter", () => this.hear());
        this.source.addEventListener("open", () => this.hear());
      }
    };
    page.addEventListener("visibilitychange", look, { signal: stop.signal });
    page.addEventListener("turbo:render", look, { signal: stop.signal });
    addEventListener("pagehide", () => this.source?.close(), { signal: stop.signal });
    look();
  }

  /** One look at a time; what comes meanwhile is looked for after it. */
  async hear() {
    if (this.desk.page.location.search) return;
    if (this.hearing) {
      this.again = true;
      return;
    }
    this.hearing = true;
    try {
      do {
        this.again = false;
        await this.refresh();
      } while (this.again);
    } catch {
      // the stream comes back by itself, and with it another look
    } finally {
      this.hearing = false;
    }
  }
}
