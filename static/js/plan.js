// The order of the plan: by handle, or with the handle focused by the arrows; each move posts the whole order.
import { all, each, post } from "./dom.js";
import { say } from "./toasts.js";

const rowsOf = (table) => all("[data-section]", table);

async function store(table, row, undo) {
  const order = rowsOf(table).map((each) => each.dataset.section);
  try {
    await post(table.dataset.plan, { order: order.join(","), version: table.dataset.version });
    table.dataset.version = Number(table.dataset.version) + 1;
    say(table.dataset.moved.replace("{rank}", rowsOf(table).indexOf(row) + 1));
  } catch (error) {
    undo();
    say(error.message);
  }
}

function byArrow(table, event) {
  const handle = event.target.closest("[data-handle]");
  const row = handle?.closest("[data-section]");
  const up = event.key === "ArrowUp";
  if (!row || !(up || event.key === "ArrowDown")) return;
  event.preventDefault();
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.dataset.section) return;
  const swap = (before) => (before ? other.before(row) : other.after(row));
  swap(up);
  handle.focus();
  store(table, row, () => swap(!up));
}

function byHandle(table) {
  if (!window.Sortable) return;
  all("tbody", table).forEach((body) =>
    window.Sortable.create(body, {
      handle: "[data-handle]",
      draggable: "[data-section]",
      onEnd: ({ item, oldIndex, newIndex, from }) => {
        if (oldIndex === newIndex) return;
        const undo = () => from.insertBefore(item, from.children[oldIndex + (oldIndex > newIndex ? 1 : 0)] || null);
        store(table, item, undo);
      },
    }),
  );
}

export function startPlan(root) {
  each("[data-plan]", root, (table) => {
    table.addEventListener("keydown", (event) => byArrow(table, event));
    byHandle(table);
  });
}
