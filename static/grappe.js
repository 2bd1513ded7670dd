// What the pages gain with a script. Each part looks for its data attributes and leaves alone a page without them.
import { startBoard } from "./js/board.js";
import { startCountdowns } from "./js/countdown.js";
import { startForms } from "./js/forms.js";
import { startGrid } from "./js/grid.js";
import { startInbox } from "./js/inbox.js";
import { startKeys } from "./js/keys.js";
import { startMenus } from "./js/menus.js";
import { startPlan } from "./js/plan.js";
import { startRun } from "./js/run.js";
import { startShell } from "./js/shell.js";
import { startToasts } from "./js/toasts.js";

const once = [startShell, startToasts, startMenus, startKeys, startCountdowns, startInbox, startRun];
const eachSwap = [startForms, startGrid, startBoard, startPlan];

once.forEach((start) => start());
eachSwap.forEach((start) => start(document));
document.addEventListener("htmx:load", (event) => eachSwap.forEach((start) => start(event.detail.elt)));
