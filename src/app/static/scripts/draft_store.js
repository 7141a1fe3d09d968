// Where drafts live: in this tab on a shared device; on a device of one's own also beyond it.
// They never leave the browser.
const prefix = "kith.draft:";
export const draft_days_max = 14;
const day_ms = 24 * 60 * 60 * 1000;

/** A draft belongs to one form and one reader: another who signs in here doesn't find it. */
export function draft_key(viewer, form) {
  return `${prefix}${viewer || "guest"}:${form}`;
}

/** What of `stored` to put back: only where the page still holds what it held when one typed. */
export function restorable(stored, fields) {
  if (!stored?.fields) return {};
  const back = {};
  for (const [name, { base, value }] of Object.entries(stored.fields))
    if (name in fields && fields[name] === base && value !== base) back[name] = value;
  return back;
}

/** What to store: each field that differs from what the page came with, or nothing. */
export function changed_fields(fields) {
  const changed = {};
  for (const { name, base, value } of fields) if (value !== base) changed[name] = { base, value };
  return Object.keys(changed).length > 0 ? changed : null;
}

/** Drops drafts of `storage` that are too old to be missed. */
export function drop_old(storage, now) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(prefix)) continue;
    const stored = read_draft(storage, key);
    if (!stored || now - stored.at > draft_days_max * day_ms) storage.removeItem(key);
  }
}

/** The draft kept under `key`, or null; what can't be read counts as none. */
export function read_draft(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

/** Keeps a draft; a full or forbidden storage is no reason to stop someone's writing. */
export function write_draft(storage, key, draft) {
  try {
    storage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/**
 * A page that carries a form's words on, as after a sign-in, sends them without that form: the
 * draft under `key` is marked, and settled by the page that follows.
 */
export function mark_carried(storage, key) {
  const draft = read_draft(storage, key);
  if (draft) write_draft(storage, key, { ...draft, carried: true });
}

/** Forgets what was carried on if it has `arrived`; if it hasn't, it is a draft as before. */
export function settle_carried(storage, arrived) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(prefix)) continue;
    const { carried, ...draft } = read_draft(storage, key) ?? {};
    if (!carried) continue;
    if (arrived) storage.removeItem(key);
    else write_draft(storage, key, draft);
  }
}

/** Sees to drafts whose words another page sends; the server says what has arrived in "said". */
export function watch_carried(page) {
  const storage = storage_for(page);
  if (!storage) return;
  settle_carried(storage, new URLSearchParams(page.location.search).has("said"));
  page.addEventListener("submit", ({ target }) => {
    if (!target.matches("form[data-resumed]")) return;
    const viewer = page.documentElement.dataset.viewer;
    mark_carried(storage, draft_key(viewer, target.getAttribute("action")));
  });
}

/** This page's storage: the tab's own, unless the server says that the device is one's own. */
export function storage_for(page) {
  try {
    return "ownDevice" in page.documentElement.dataset ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}

// Keys to letters, and drafts of them: kept by the pages of letters, forgotten here.
const letters_prefix = "kith.letters:";
const letters_database = "kith-letters";

/**
 * A page that nobody is signed in to says that a session has ended: this tab forgets the keys to
 * letters. Drafts of them are sealed and stay; a device of one's own keeps its keys elsewhere.
 */
export function lock_letters_when_signed_out(page) {
  const look = () => {
    if (page.documentElement.dataset.viewer === "") forget_keys_of_tab();
  };
  look();
  page.addEventListener("turbo:load", look);
}

function forget_keys_of_tab() {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(letters_prefix) && !key.startsWith(`${letters_prefix}draft:`))
        sessionStorage.removeItem(key);
  } catch {
    // a browser that forbids storage has kept nothing
  }
}

/** Forgets every draft of this browser and tab, and the keys to letters. */
export function forget_drafts() {
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      const storage = globalThis[name];
      for (const key of Object.keys(storage))
        if (key.startsWith(prefix) || key.startsWith(letters_prefix)) storage.removeItem(key);
    } catch {
      // a browser that forbids storage has kept nothing
    }
  }
  globalThis.indexedDB?.deleteDatabase(letters_database);
}

/** Whoever signs out leaves nothing behind for the next person at this screen. */
export function forget_drafts_on_sign_out(page) {
  page.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/sign-out") forget_drafts();
  });
}
