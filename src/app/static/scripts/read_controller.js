import { Controller } from "@hotwired/stimulus";

/**
 * Notes on the server how far a conversation has been read, so that what is new is the same on each
 * device. `data-controller="read"` on the form that says so by its button; its field `last` holds
 * the latest comment of the page, and follows the live words that come in.
 */
export class ReadController extends Controller {
  connect() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("turbo:before-stream-render", (event) => this.heard(event), {
      signal,
    });
    // A page that opens in a tab nobody looks at has not been read yet.
    document.addEventListener("visibilitychange", () => this.note(), { signal });
    this.note();
  }

  disconnect() {
    this.listening.abort();
  }

  heard({ detail }) {
    const first = detail.newStream?.querySelector("template")?.content.firstElementChild;
    const id = first?.id.match(/^c-(.+)$/)?.[1];
    if (!id) return;
    this.element.elements.last.value = id;
    this.element.dataset.unread = "";
    this.note();
  }

  async note() {
    if (document.visibilityState === "hidden" || !("unread" in this.element.dataset)) return;
    delete this.element.dataset.unread;
    this.element.hidden = true;
    try {
      await fetch(this.element.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(this.element)),
        keepalive: true,
      });
    } catch {
      // Without the network it stays new, and is noted with the next visit.
    }
  }
}
