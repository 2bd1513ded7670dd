// The order of the plan: by handle, or with the handle focused by the arrows; each move posts the whole order.
import { all, each, one, post } from "./dom.js";
import { say } from "./toasts.js";

const rowsOf = (table) => all("[data-section]", table);

// The sections have new numbers, and addresses that follow them: take the plan as the server now shows it.
function renumber(table, row, page) {
  const rank = rowsOf(table).indexOf(row);
  const focused = row.contains(document.activeElement);
  const fresh = page.querySelector("[data-plan]");
  if (!fresh) return;
  table.replaceWith(fresh);
  startPlan(fresh);
  if (focused) one("[data-handle]", rowsOf(fresh)[rank])?.focus();
  say(fresh.dataset.moved.replace("{rank}", rank + 1));
}

async function store(table, row, undo) {
  const order = rowsOf(table).map((each) => each.dataset.section);
  try {
    const answer = await post(table.dataset.plan, { order: order.join(","), version: table.dataset.version });
    renumber(table, row, new DOMParser().parseFromString(await answer.text(), "text/html"));
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
