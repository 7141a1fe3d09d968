// A reader who only reads needs none of the livelier scripts: they come when someone signed in has
// a quiet moment, when a form is first touched, or when live words come near the screen.
const near = "600px";

/** Calls `fetch_more` once, when it is first wanted. */
export function when_wanted(page, fetch_more) {
  const stop = new AbortController();
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    stop.abort();
    fetch_more().catch(() => {
      // Without them forms are sent in the plain way; the next touch may have more luck.
      asked = false;
    });
  };

  if (page.documentElement.dataset.viewer) {
    const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 200));
    addEventListener("load", () => idle(ask), { once: true });
    if (page.readyState === "complete") idle(ask);
    return;
  }
  for (const touch of ["focusin", "pointerdown"])
    page.addEventListener(
      touch,
      (event) => event.target.closest?.("form:not([data-leave])") && ask(),
      { signal: stop.signal, passive: true },
    );
  watch_for_live_words(page, ask);
}

function watch_for_live_words(page, ask) {
  if (!globalThis.IntersectionObserver) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      ask();
    },
    { rootMargin: near },
  );
  for (const element of page.querySelectorAll("[data-live-near]")) observer.observe(element);
}
