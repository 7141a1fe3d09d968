import { get_json, post_json } from "./asking.js";
import { forget_keys, keep_keys, kept_keys } from "./keeping.js";
import { Notes, same_key } from "./notes.js";
import {
  is_simple, make_code, make_secret, passphrase_characters_min, plain_code, plain_passphrase,
  public_key, unwrap_by_code, unwrap_by_passphrase, wrap_for_both, WrongWords,
} from "./sealing.js";

/**
 * The part of a page where letters are: `data-letters` on `root`. It shows one of its parts
 * (`data-part`) at a time until the keys are there: setup, code, unlock; then "open", with what
 * `then` does.
 */
export class Desk {
  constructor(root, library, then) {
    Object.assign(this, { root, library, then, page: root.ownerDocument });
    this.member = root.dataset.member;
  }

  find(name) {
    return this.root.querySelector(name);
  }

  /** The sentence `data-word="name"` of the page. */
  word(name) {
    return this.find(`[data-word="${name}"]`).textContent;
  }

  show(part) {
    for (const element of this.root.querySelectorAll("[data-part]"))
      element.hidden = element.dataset.part !== part;
  }

  /** Says a sentence, and where to go first: in a tab of its own where this page must stay. */
  say(sentence, url, { apart = false } = {}) {
    const said = this.find("[data-said]");
    said.replaceChildren(sentence);
    said.hidden = !sentence;
    if (!url) return;
    const link = this.page.createElement("a");
    link.href = url;
    link.textContent = this.word("go_there");
    if (apart) Object.assign(link, { target: "_blank", rel: "noopener" });
    said.append(" ", link);
  }

  say_failure(failure) {
    if (failure instanceof WrongWords) return this.say(this.word("wrong"));
    const sentence = failure.status && failure.message;
    this.say(sentence || this.word("failed"), failure.url);
  }

  /** Does what a form `data-form="name"` asks for; a failure is said, and the form stays. */
  on_form(name, work) {
    const form = this.find(`form[data-form="${name}"]`);
    form?.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.ariaBusy === "true") return;
      form.ariaBusy = "true";
      this.say(this.word("working"));
      // The slow part blocks the page: let it say so first.
      await new Promise((resolve) => setTimeout(resolve, 50));
      try {
        this.say("");
        await work(form.elements, form);
      } catch (failure) {
        this.say_failure(failure);
      } finally {
        form.ariaBusy = "false";
      }
    });
  }

  on_click(name, work) {
    this.find(`[data-act="${name}"]`)?.addEventListener("click", async () => {
      try {
        this.say("");
        await work();
      } catch (failure) {
        this.say_failure(failure);
      }
    });
  }

  async begin() {
    this.on_form("setup", (fields) => this.make(fields));
    this.on_form("code", (fields) => this.confirm(fields));
    this.on_form("unlock", (fields) => this.unlock(fields.passphrase.value, unwrap_by_passphrase,
      this.own?.keys.by_passphrase));
    this.on_form("recover", (fields) =>
      this.unlock(fields.code.value, unwrap_by_code, this.own?.keys.by_code));
    this.on_click("print", () => print());
    this.on_click("anew", () => this.anew());
    this.own = await get_json("/letters/keys");
    if (!this.own.keys) return this.show("setup");
    const kept = await kept_keys(this.page, this.member);
    if (kept && (await this.is_own(kept.secret))) return this.open(kept.secret, kept.version);
    if (kept) await forget_keys(this.page, this.member);
    this.show("unlock");
  }

  /** Whether the secret belongs to the keys that the server gives out as this member's. */
  async is_own(secret) {
    return same_key(await public_key(this.library, this.member, secret), this.own.keys);
  }

  /** A passphrase that was typed twice, or null after saying what is missing. */
  passphrase_of({ passphrase, again }) {
    const plain = plain_passphrase(passphrase.value);
    const short = [...plain].length < passphrase_characters_min && "short";
    const weak = short || (is_simple(plain) && "simple");
    if (!weak && plain === plain_passphrase(again.value)) return plain;
    this.say(this.word(weak || "differ"));
    (weak ? passphrase : again).focus();
    return null;
  }

  /**
   * Whether the server takes other keys or wraps now; if it wants to know first who is there, that
   * is said, with the way. Asked before anything is made: what is made is lost with the page.
   */
  async is_fresh() {
    this.own = await get_json("/letters/keys");
    const { fresh, again_url } = this.own.desk;
    if (!fresh) this.say(this.word("sign_in_again"), again_url);
    return fresh;
  }

  async anew() {
    if (await this.is_fresh()) this.show("setup");
  }

  /** Makes keys and a code; nothing is kept anywhere until the code was noted down. */
  async make(fields) {
    const passphrase = this.passphrase_of(fields);
    if (!passphrase) return;
    const secret = await make_secret(this.library);
    const code = make_code();
    const wrapped = await wrap_for_both(this.library, secret, passphrase, code);
    const key = await public_key(this.library, this.member, secret);
    this.made = { secret, code, form: { ...key, ...wrapped } };
    fields.passphrase.value = fields.again.value = "";
    this.show_code(code);
  }

  show_code(code) {
    this.find("[data-code]").textContent = code;
    this.show("code");
    this.find('form[data-form="code"] input').focus();
  }

  async confirm({ last }) {
    if (plain_code(last.value) !== this.made.code.slice(-5)) {
      this.say(this.word("not_the_code"));
      return last.focus();
    }
    const { secret, form, rewraps } = this.made;
    const replaces = this.own.keys?.recipient ?? "";
    try {
      await post_json(rewraps ? "/letters/keys/wrapped" : "/letters/keys", { ...form, replaces });
    } catch (refused) {
      // Writing down took longer than a sign-in counts as fresh: the code above stays good.
      if (refused.code !== "refusal.fresh_sign_in") throw refused;
      return this.say(this.word("sign_in_apart"), this.own.desk.again_url, { apart: true });
    }
    this.find("[data-code]").textContent = "";
    this.made = null;
    this.own = await get_json("/letters/keys");
    await this.open(secret, 0);
  }

  async unlock(words, unwrap, wrapped) {
    const secret = await unwrap(this.library, wrapped, words);
    // What the server gives out as ours, and isn't, would let somebody else read.
    if (!(await this.is_own(secret))) return this.say(this.word("own_key_false"));
    for (const form of this.root.querySelectorAll("form[data-secret]")) form.reset();
    await this.open(secret, 0);
  }

  async open(secret, seen_version) {
    this.secret = secret;
    this.key = await public_key(this.library, this.member, secret);
    this.notes = new Notes(this.library, secret, this.member);
    await this.notes.take(this.own.notes, seen_version);
    await this.keep();
    this.show("open");
    this.find("[data-doubtful]").hidden = !this.notes.doubtful;
    // Opened anew, as after another code was noted, the page goes on as it was.
    if (this.begun) return;
    this.begun = true;
    await this.then(this);
  }

  /** Keeps the keys in this browser, and how far its notes are. */
  async keep() {
    if (this.notes.doubtful) return;
    await keep_keys(this.page, this.member, { secret: this.secret, version: this.notes.version });
  }

  async remember(conversation, change) {
    await this.notes.remember(conversation, change);
    await this.keep();
  }
}
