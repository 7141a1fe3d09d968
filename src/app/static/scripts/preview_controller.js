import { Controller } from "@hotwired/stimulus";

/**
 * The editor's preview, in the place of the text. `data-controller="preview"
 * data-preview-url-value="…"`; targets `source` (what is written), `shown` (where the preview
 * stands), `write` and `look` (the two buttons), `failed` (said when it can't be had). The server
 * is sent the form and answers {"html": "…"}, made by its own Markdown renderer.
 */
export class PreviewController extends Controller {
  static targets = ["source", "shown", "write", "look", "failed"];
  static values = { url: String };

  async look(event) {
    event.preventDefault();
    this.failed(false);
    try {
      const answer = await fetch(this.urlValue, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(this.element)),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      this.put((await answer.json()).html);
    } catch {
      return this.failed(true);
    }
    this.turn(true);
    this.shownTarget.focus();
  }

  write(event) {
    event.preventDefault();
    this.turn(false);
    this.sourceTarget.focus();
  }

  put(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    this.shownTarget.replaceChildren(...page.body.childNodes);
  }

  turn(looking) {
    this.shownTarget.hidden = !looking;
    this.sourceTarget.hidden = looking;
    this.lookTarget.setAttribute("aria-pressed", String(looking));
    this.writeTarget.setAttribute("aria-pressed", String(!looking));
  }

  failed(yes) {
    if (this.hasFailedTarget) this.failedTarget.hidden = !yes;
  }
}
