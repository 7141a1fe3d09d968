// The pages of letters. It comes with these pages alone, and the library that seals with it.
import { ConversationDesk } from "./scripts/conversation.js";
import { Desk } from "./scripts/desk.js";
import { KeysDesk } from "./scripts/keys.js";
import { ListDesk } from "./scripts/list.js";

const desks = { conversation: ConversationDesk, list: ListDesk, keys: KeysDesk };

async function open_desk(root) {
  root.dataset.begun = "";
  const wait = root.querySelector('[data-part="wait"]');
  try {
    const library = await import(root.dataset.library);
    const Kind = desks[root.dataset.letters];
    await new Desk(root, library, (desk) => new Kind(desk).begin()).begin();
  } catch {
    root.querySelectorAll("[data-part]").forEach((part) => (part.hidden = part !== wait));
    wait.textContent = root.querySelector('[data-word="failed"]').textContent;
  }
}

function look_for_desk() {
  const root = document.querySelector("[data-letters]:not([data-begun])");
  if (root) open_desk(root);
}

look_for_desk();
document.addEventListener("turbo:load", look_for_desk);
