import { Controller } from "@hotwired/stimulus";

const pause_ms = 3000;
const longest_ms = 15000;

/**
 * Saves a draft on the server while it is written. `data-controller="autosave"
 * data-autosave-url-value="…"`; targets `saved` (shown with the time in `at`) and `unsaved`.
 * The first answer to a new essay may hold {"save_url", "action"}: where it lives from then on.
 */
export class AutosaveController extends Controller {
  static targets = ["saved", "at", "unsaved"];
  static values = { url: String };

  connect() {
    this.last = this.content();
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.element.addEventListener("input", () => this.soon(), { signal });
    this.element.addEventListener("submit", () => this.stop(), { signal });
    document.addEventListener("visibilitychange", () => this.leaving(), { signal });
  }

  disconnect() {
    this.listening.abort();
    this.stop();
  }

  content() {
    const fields = [...new FormData(this.element)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(fields).toString();
  }

  soon() {
    this.first_change ??= Date.now();
    clearTimeout(this.timer);
    const left = this.first_change + longest_ms - Date.now();
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(pause_ms, left)));
  }

  stop() {
    clearTimeout(this.timer);
  }

  leaving() {
    if (document.visibilityState === "hidden" && this.first_change) this.save();
  }

  async save() {
    this.stop();
    const content = this.content();
    // One at a time: of two that overtake each other, the older might be the last to arrive.
    if (this.saving || content === this.last) return;
    this.saving = true;
    this.first_change = undefined;
    let refused = false;
    try {
      const answer = await fetch(this.urlValue, {
        method: "POST",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: content,
        keepalive: content.length < 60000,
      });
      refused = answer.status >= 400 && answer.status < 500;
      if (!answer.ok) throw new Error(String(answer.status));
      this.settle(await answer.json().catch(() => ({})));
      this.last = content;
      this.say(true);
    } catch {
      this.say(false);
    }
    this.saving = false;
    // What the server refuses it refuses again: wait until something else is written.
    if (!refused && this.content() !== this.last) this.soon();
  }

  settle({ save_url, action }) {
    if (save_url) this.urlValue = save_url;
    if (action) this.element.setAttribute("action", action);
  }

  say(saved) {
    if (this.hasAtTarget)
      this.atTarget.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: "2-digit",
        minute: "2-digit",
      }).format(new Date());
    if (this.hasSavedTarget) this.savedTarget.hidden = !saved;
    if (this.hasUnsavedTarget) this.unsavedTarget.hidden = saved;
  }
}
