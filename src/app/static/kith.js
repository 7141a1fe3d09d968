// The first script of each page, and the smallest: leaving quickly works at once, all else comes
// when it is wanted. Every page works without any of it.
import { watch_for_leaving } from "./scripts/leaving.js";
import {
  forget_drafts_on_sign_out, lock_letters_when_signed_out, watch_carried,
} from "./scripts/draft_store.js";
import { when_wanted } from "./scripts/when_wanted.js";

watch_for_leaving(document);
forget_drafts_on_sign_out(document);
lock_letters_when_signed_out(document);
watch_carried(document);
when_wanted(document, () => import("./lively.js"));
