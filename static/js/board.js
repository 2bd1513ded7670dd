// Cards drag between lanes; a refusal puts the card back and says why.
import { all, each, post } from "./dom.js";
import { say } from "./toasts.js";

async function moved(event, board) {
  const { item, from, to, oldIndex } = event;
  if (from === to) return;
  try {
    await post(item.dataset.url, { stage: to.dataset.lane });
    say(board.dataset.moved);
  } catch (error) {
    from.insertBefore(item, from.children[oldIndex] || null);
    if (error.status === 422) location.assign(`${item.dataset.url}?vers=${to.dataset.lane}`); // a reason is due
    else say(error.message);
  }
}

function start(board) {
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
      onEnd: (event) => moved(event, board),
    }),
  );
}

export function startBoard(root) {
  each("[data-board]", root, start);
}
