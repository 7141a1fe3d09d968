// The livelier page: parts of it come and go without a whole new page (Turbo), and forms keep what
// is typed (Stimulus controllers). Fetched only when wanted; see scripts/when_wanted.js.
import * as Turbo from "@hotwired/turbo";
import { Application } from "@hotwired/stimulus";
import { DraftController } from "./scripts/draft_controller.js";
import { SendController } from "./scripts/send_controller.js";
import { LiveController } from "./scripts/live_controller.js";
import { PreviewController } from "./scripts/preview_controller.js";
import { AutosaveController } from "./scripts/autosave_controller.js";
import { ReadController } from "./scripts/read_controller.js";
import { keep_frame_true } from "./scripts/frame.js";
import { offer_push } from "./scripts/push.js";

// A disabled button can't say why; one that is busy can.
Turbo.config.forms.submitter = "aria-disabled";
keep_frame_true(document);

// At once for the page that is there already, and for each that comes.
offer_push(document);
document.addEventListener("turbo:load", () => offer_push(document));

const application = Application.start();
application.register("draft", DraftController);
application.register("send", SendController);
application.register("live", LiveController);
application.register("preview", PreviewController);
application.register("autosave", AutosaveController);
application.register("read", ReadController);
