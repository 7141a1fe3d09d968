/** Keeps the frame of the page true when Turbo changes only its body. */
export function keep_frame_true(page) {
  // Theme, letters and viewer stand on <html>, which Turbo leaves as it was.
  page.addEventListener("turbo:before-render", (event) => {
    const html = event.detail.newBody.closest("html");
    if (!html) return;
    const old = page.documentElement;
    for (const name of old.getAttributeNames())
      if (!html.hasAttribute(name) && name !== "aria-busy") old.removeAttribute(name);
    for (const name of html.getAttributeNames()) old.setAttribute(name, html.getAttribute(name));
  });
  // A new page begins at its beginning, for the eyes as for a screen reader.
  page.addEventListener("turbo:render", (event) => {
    if (event.detail.renderMethod === "morph" || "turboPreview" in page.documentElement.dataset)
      return;
    if (location.hash || page.querySelector("[autofocus]:not([hidden])")) return;
    page.getElementById("main")?.focus({ preventScroll: true });
  });
}
