import { Controller } from "@hotwired/stimulus";
import {
  changed_fields, draft_key, drop_old, read_draft, restorable, storage_for, write_draft,
} from "./draft_store.js";

const kept_types = new Set(["text", "textarea", "search", "url"]);
export const key_field = "idempotency_key";

/**
 * Keeps what is typed into a form until the server has acknowledged it: through a lost network, an
 * ended session, a mistake. `data-controller="draft"`; target `restored` says that it came back.
 */
export class DraftController extends Controller {
  static targets = ["restored"];
  static values = { name: String };

  connect() {
    this.storage = storage_for(document);
    if (!this.storage) return;
    drop_old(this.storage, Date.now());
    this.restore();
    this.listening = new AbortController();
    const { signal } = this.listening;
    const on = (name, does) => this.element.addEventListener(name, does, { signal });
    on("input", () => this.keep());
    on("turbo:submit-start", () => this.keep(this.key_input?.value));
    on("turbo:submit-end", ({ detail }) => detail.success && this.forget());
    on("reset", () => this.forget());
  }

  disconnect() {
    this.listening?.abort();
  }

  get key() {
    const form = this.nameValue || this.element.getAttribute("action") || location.pathname;
    return draft_key(document.documentElement.dataset.viewer, form);
  }

  get fields() {
    return [...this.element.elements].filter(
      (field) => field.name && kept_types.has(field.type) && !("draftSkip" in field.dataset),
    );
  }

  get key_input() {
    return this.element.elements.namedItem(key_field);
  }

  restore() {
    const stored = read_draft(this.storage, this.key);
    const bases = Object.fromEntries(this.fields.map((field) => [field.name, field.defaultValue]));
    const back = restorable(stored, bases);
    for (const field of this.fields)
      if (field.name in back && field.value === field.defaultValue) field.value = back[field.name];
    if (Object.keys(back).length === 0) return;
    // The same words keep the same key: had they arrived after all, they aren't posted twice.
    if (stored.sending && this.key_input) this.key_input.value = stored.sending;
    if (this.hasRestoredTarget) this.restoredTarget.hidden = false;
    this.dispatch("restored");
  }

  /** `sending` is the key under which exactly these words are on their way. */
  keep(sending) {
    const fields = changed_fields(
      this.fields.map(({ name, defaultValue, value }) => ({ name, base: defaultValue, value })),
    );
    if (!fields) return this.forget();
    write_draft(this.storage, this.key, { at: Date.now(), fields, sending });
  }

  forget() {
    this.storage.removeItem(this.key);
    if (this.hasRestoredTarget) this.restoredTarget.hidden = true;
  }
}
