// Shows what the server pushes: that there is something, never what. It keeps nothing, and no page
// goes through it.
self.addEventListener("push", (event) => {
  event.waitUntil(show(words_of(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

function words_of(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

// One tag: a second word takes the place of the first.
function show({ title = "…", url = "/notices" }) {
  return self.registration.showNotification(title, { tag: "update", data: url });
}

async function open(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window" });
  const here = pages.find((page) => page.url === url.href);
  await (here ? here.focus() : self.clients.openWindow(url.href));
}
