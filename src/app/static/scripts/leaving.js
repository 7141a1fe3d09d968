// Leaving quickly: the button, or Shift three times within five seconds (as GOV.UK tested it).
import { forget_drafts } from "./draft_store.js";

export const presses_to_leave = 3;
export const presses_within_ms = 5000;

/** Counts presses of Shift alone; Shift that makes a capital, or comes with a click, is none. */
export class ShiftPresses {
  times = [];
  alone = false;

  key_down(key, repeated = false) {
    if (key !== "Shift") this.reset();
    else if (!repeated) this.alone = true;
  }

  /** How many presses are still needed: 0 means leave now. */
  key_up(key, now) {
    if (key !== "Shift" || !this.alone) return presses_to_leave - this.times.length;
    this.alone = false;
    this.times = this.times.filter((time) => now - time < presses_within_ms);
    this.times.push(now);
    return Math.max(0, presses_to_leave - this.times.length);
  }

  reset() {
    this.times = [];
    this.alone = false;
  }
}

/** Empties the page at once, then tells the server; Back finds the sign-in page, not this one. */
export function leave(form) {
  // The screen goes first: the server may be slow, and someone may be standing there.
  form.hidden = true;
  document.body.replaceChildren(form);
  document.title = "\u00a0";
  document.documentElement.dataset.left = "";
  forget_drafts();
  history.replaceState(null, "", "/sign-in");
  HTMLFormElement.prototype.submit.call(form);
}

function show_presses(page, needed) {
  const line = page.querySelector("[data-leave-presses]");
  if (!line) return;
  line.textContent = { 1: line.dataset.once, 2: line.dataset.twice }[needed] ?? "";
  clearTimeout(show_presses.timer);
  show_presses.timer = setTimeout(() => (line.textContent = ""), presses_within_ms);
}

/** Watches the whole page for both ways to leave. */
export function watch_for_leaving(page) {
  const presses = new ShiftPresses();
  const form = () => page.querySelector("form[data-leave]");
  page.addEventListener("keydown", (event) => presses.key_down(event.key, event.repeat));
  page.addEventListener("pointerdown", () => presses.reset());
  page.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    const needed = presses.key_up(event.key, Date.now());
    if (needed === 0 && form()) leave(form());
    else show_presses(page, needed);
  });
  page.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-leave]")) return;
    event.preventDefault();
    leave(event.target);
  });
  // A browser that kept the emptied page for Back asks the server what is there now.
  addEventListener("pageshow", (event) => {
    if (event.persisted && "left" in page.documentElement.dataset) location.reload();
  });
}
