import { Controller } from "@hotwired/stimulus";
import { key_field } from "./draft_controller.js";
import { new_key, wait_before_attempt } from "./sending.js";

/**
 * Sends a form again when the network was away. The hidden field `idempotency_key` stays the same
 * until the server has acknowledged, so nothing is posted twice. `data-controller="draft send"`;
 * target `waiting` says that it isn't sent yet.
 */
export class SendController extends Controller {
  static targets = ["waiting"];

  connect() {
    this.attempt = 0;
    this.listening = new AbortController();
    const { signal } = this.listening;
    const on = (name, does) => this.element.addEventListener(name, does, { signal });
    on("input", () => this.reword());
    on("turbo:submit-start", () => this.begin());
    on("turbo:submit-end", (event) => this.end(event));
    on("turbo:fetch-request-error", (event) => this.lost(event));
    addEventListener("online", () => this.waiting && this.again(), { signal });
    this.ensure_key();
  }

  disconnect() {
    this.listening.abort();
    clearTimeout(this.timer);
  }

  ensure_key() {
    let field = this.element.elements.namedItem(key_field);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = key_field;
      this.element.append(field);
    }
    if (!field.value) field.value = new_key();
    return field;
  }

  begin() {
    clearTimeout(this.timer);
    this.waiting = false;
    this.tried = true;
  }

  /** Other words than those already tried are another sending, or they'd be taken for the first. */
  reword() {
    if (!this.tried) return;
    this.tried = false;
    this.ensure_key().value = new_key();
  }

  end({ detail }) {
    if (!detail.success) return;
    this.attempt = 0;
    this.tried = false;
    this.show(false);
    // Answered by a stream, the form stays on the page, and what it sends next is something else.
    if (!detail.fetchResponse?.contentType?.includes("turbo-stream")) return;
    this.element.reset();
    this.ensure_key().value = new_key();
  }

  lost(event) {
    event.preventDefault();
    this.waiting = true;
    this.show(true);
    // Online by the browser's word, yet the server isn't reached: ask again now and then.
    if (navigator.onLine)
      this.timer = setTimeout(() => this.again(), wait_before_attempt(this.attempt));
    this.attempt += 1;
  }

  again() {
    clearTimeout(this.timer);
    this.waiting = false;
    this.element.requestSubmit();
  }

  show(yes) {
    if (this.hasWaitingTarget) this.waitingTarget.hidden = !yes;
  }
}
