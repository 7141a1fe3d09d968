// Where a browser keeps the keys to letters: on a device of one's own beyond the tab, on a shared
// one in this tab alone. Signing out and leaving quickly forget both (draft_store.js).
const keys_database = "kith-letters";
const keys_prefix = "kith.letters:";

function is_own_device(page) {
  return "ownDevice" in page.documentElement.dataset;
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function with_keys(mode, work) {
  const opening = indexedDB.open(keys_database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  const opened = await done(opening);
  try {
    return await done(work(opened.transaction("keys", mode).objectStore("keys")));
  } finally {
    opened.close();
  }
}

/** What is kept for a member: {secret, version} or null. */
export async function kept_keys(page, member) {
  try {
    if (is_own_device(page))
      return (await with_keys("readonly", (keys) => keys.get(member))) ?? null;
    return JSON.parse(sessionStorage.getItem(keys_prefix + member));
  } catch {
    return null;
  }
}

/** Keeps them; a browser that keeps nothing asks again on the next page. */
export async function keep_keys(page, member, kept) {
  try {
    if (is_own_device(page)) await with_keys("readwrite", (keys) => keys.put(kept, member));
    else sessionStorage.setItem(keys_prefix + member, JSON.stringify(kept));
  } catch {
    // the page that is open works all the same
  }
}

export async function forget_keys(page, member) {
  try {
    if (is_own_device(page)) await with_keys("readwrite", (keys) => keys.delete(member));
    sessionStorage.removeItem(keys_prefix + member);
  } catch {
    // nothing was kept
  }
}

/** A draft, sealed before it comes here; beside the keys, and forgotten with them. */
export function kept_draft(page, name) {
  return draft_storage(page)?.getItem(`${keys_prefix}draft:${name}`) ?? null;
}

export function keep_draft(page, name, sealed) {
  try {
    const key = `${keys_prefix}draft:${name}`;
    if (sealed) draft_storage(page)?.setItem(key, sealed);
    else draft_storage(page)?.removeItem(key);
  } catch {
    // a full storage is no reason to stop someone's writing
  }
}

function draft_storage(page) {
  try {
    return is_own_device(page) ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}
