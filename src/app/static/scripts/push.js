// The button in the settings that lets this device be told: shown only where a browser can.
const worker = "/push-worker.js";

/** Shows the section `data-push="<the server's public key>"` of the page, if there is one. */
export function offer_push(page) {
  const section = page.querySelector("[data-push]");
  const can = "serviceWorker" in navigator && "PushManager" in globalThis;
  if (!section || !can || !section.hidden) return;
  const on = "pushOn" in section.dataset;
  const begin = section.querySelector("[data-push-begin]");
  begin.hidden = on;
  section.querySelector("[data-push-end]").hidden = !on;
  section.hidden = false;
  begin.addEventListener("click", () => subscribe(section, begin));
}

async function subscribe(section, button) {
  const said = section.querySelector("[data-push-said]");
  button.disabled = true;
  said.textContent = "";
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      said.textContent = said.dataset.denied;
      return;
    }
    await keep(await subscription_of(bytes_of(section.dataset.push)));
    location.assign("/settings/notices?said=notify.said_push_on");
  } catch {
    said.textContent = said.dataset.failed;
  } finally {
    button.disabled = false;
  }
}

async function subscription_of(applicationServerKey) {
  await navigator.serviceWorker.register(worker);
  const { pushManager } = await navigator.serviceWorker.ready;
  // One of another key can't be used, and stands in the way of a new one.
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function keep(subscription) {
  const answer = await fetch("/settings/notices/device", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      endpoint: subscription.endpoint,
      p256dh: base64url(subscription.getKey("p256dh")),
      auth: base64url(subscription.getKey("auth")),
    }),
  });
  if (!answer.ok) throw new Error(`not kept: ${answer.status}`);
}

function bytes_of(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64url(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
