import { Controller } from "@hotwired/stimulus";
import * as Turbo from "@hotwired/turbo";
import { can_wait_unseen, fresh_words, is_new, with_last_id } from "./live_words.js";

/**
 * Live words: Turbo streams that arrive are held back, and a pill offers them, so that the page
 * never moves under a reader. `data-controller="live" data-live-url-value="…"` around the talk;
 * target `pill` (hidden) holds target `words` with the sentences in data-one, data-other….
 */
export class LiveController extends Controller {
  static targets = ["pill", "words"];
  static values = { url: String };

  connect() {
    this.held = [];
    this.listening = new AbortController();
    const { signal } = this.listening;
    // A browser opens few connections to one server: a tab nobody looks at gives its own back.
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    addEventListener("pagehide", () => this.close(), { signal });
    addEventListener("pageshow", () => this.look(), { signal });
    this.look();
  }

  disconnect() {
    this.listening.abort();
    this.close();
  }

  look() {
    if (document.visibilityState === "hidden") this.close();
    else if (!this.source) this.open();
  }

  open() {
    const url = with_last_id(this.urlValue, this.last_id, location.href);
    this.source = new EventSource(url);
    const take = (event) => this.take(event);
    this.source.addEventListener("message", take);
    this.source.addEventListener("stream", take);
    this.source.addEventListener("reload", () => this.begin_anew());
  }

  /** Too much was missed to be told piece by piece: the pill fetches the page instead. */
  begin_anew() {
    this.stale = true;
    this.offer();
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  take(event) {
    if (event.lastEventId) this.last_id = event.lastEventId;
    const holder = document.createElement("template");
    holder.innerHTML = event.data;
    for (const stream of holder.content.querySelectorAll("turbo-stream")) this.hold(stream);
    this.offer();
  }

  hold(stream) {
    // One's own words are on the page already when they come back by this way.
    if (is_new(stream) && this.is_here(stream)) return;
    if (this.held.length === 0 && !is_new(stream) && can_wait_unseen(stream, innerHeight, find))
      this.apply([stream]);
    else this.held.push(stream);
  }

  is_here(stream) {
    const first = stream.querySelector("template")?.content.firstElementChild;
    return Boolean(first?.id && find(first.id));
  }

  offer() {
    const count = this.held.filter(is_new).length || Number(Boolean(this.stale));
    if (!this.hasPillTarget) return;
    this.pillTarget.hidden = count === 0;
    if (count > 0)
      this.wordsTarget.textContent = fresh_words(
        this.wordsTarget.dataset, count, document.documentElement.lang,
      );
  }

  /** The pill's button: everything held back comes in, and the first of it is focused. */
  show() {
    if (this.stale) return location.reload();
    const first = this.held.find(is_new)?.querySelector("template").content.firstElementChild?.id;
    this.apply(this.held.splice(0));
    this.offer();
    requestAnimationFrame(() => this.go_to(first && find(first)));
  }

  go_to(element) {
    if (!element) return;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  apply(streams) {
    for (const stream of streams) Turbo.renderStreamMessage(stream.outerHTML);
  }
}

function find(id) {
  return document.getElementById(id);
}
