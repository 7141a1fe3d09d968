import { get_json, post_json } from "./asking.js";
import { forget_keys } from "./keeping.js";
import { make_code, wrap_by_code, wrap_by_passphrase } from "./sealing.js";

/** One's own keys: another passphrase, another code, and locking them away in this browser. */
export class KeysDesk {
  constructor(desk) {
    this.desk = desk;
  }

  begin() {
    const { desk } = this;
    desk.on_form("passphrase", (fields, form) => this.change(fields, form));
    desk.on_click("new-code", () => this.new_code());
    desk.on_click("lock", () => this.lock());
  }

  form(wraps) {
    // A wrap that stays is left out: another tab may have changed it since this page came.
    const { recipient, verify_key, proof } = this.desk.own.keys;
    return {
      recipient, verify_key, proof, by_passphrase: "", by_code: "", replaces: recipient, ...wraps,
    };
  }

  async change(fields, form) {
    const { desk } = this;
    const passphrase = desk.passphrase_of(fields);
    if (!passphrase || !(await desk.is_fresh())) return;
    const by_passphrase = await wrap_by_passphrase(desk.library, desk.secret, passphrase);
    await post_json("/letters/keys/wrapped", this.form({ by_passphrase }));
    desk.own = await get_json("/letters/keys");
    form.reset();
    desk.say(desk.word("changed"));
  }

  /** The old code opens until the new one was noted down. */
  async new_code() {
    const { desk } = this;
    if (!(await desk.is_fresh())) return;
    const code = make_code();
    const by_code = await wrap_by_code(desk.library, desk.secret, code);
    desk.made = { secret: desk.secret, code, form: this.form({ by_code }), rewraps: true };
    desk.show_code(code);
  }

  async lock() {
    await forget_keys(this.desk.page, this.desk.member);
    this.desk.page.location.reload();
  }
}
