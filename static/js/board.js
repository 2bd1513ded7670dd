// Cards move between lanes, by drag or by their menu; a refusal leaves the card where it was and says why.
import { all, each, one, post } from "./dom.js";
import { say } from "./toasts.js";

// The lanes as the server now counts them, the focus on the card that moved.
async function refresh(url) {
  await window.htmx.ajax("GET", location.href, { target: "#results", select: "#results", swap: "outerHTML" });
  one(`[data-url="${url}"] :is(summary, a)`)?.focus();
  say(one("[data-board]").dataset.moved);
}

async function move(card, stage, undo) {
  try {
    await post(card.dataset.url, { stage });
    await refresh(card.dataset.url);
  } catch (error) {
    undo();
    if (error.status === 422) location.assign(`${card.dataset.url}?vers=${stage}`); // a reason is due
    else say(error.message);
  }
}

function byMenu(event) {
  const card = event.target.closest("[data-card]");
  const stage = card && new FormData(event.target).get("stage");
  if (!stage || !window.htmx) return;
  event.preventDefault();
  move(card, stage, () => {});
}

function start(board) {
  board.addEventListener("submit", byMenu);
  if (!window.Sortable) return;
  all("[data-lane]", board).forEach((lane) =>
    window.Sortable.create(lane, {
      group: { name: "board", put: lane.hasAttribute("data-open") },
      draggable: "[data-card]",
      filter: "a, summary, button",
      preventOnFilter: false,
      delay: 150,
      delayOnTouchOnly: true,
      ghostClass: "is-moving",
      onEnd: ({ item, from, to, oldIndex }) => {
        if (from !== to) move(item, to.dataset.lane, () => from.insertBefore(item, from.children[oldIndex] || null));
      },
    }),
  );
}

export function startBoard(root) {
  each("[data-board]", root, start);
}
