// The grid of lots and companies: one tab stop, arrows move inside.
import { all, each } from "./dom.js";

const STEPS = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

const within = (value, count) => Math.max(0, Math.min(count - 1, value));

function roving(grid) {
  const rows = all("tbody tr", grid)
    .map((row) => all("a.g-cell", row))
    .filter((row) => row.length);
  const stopAt = (cell) => rows.flat().forEach((other) => (other.tabIndex = other === cell ? 0 : -1));
  if (!rows.length) return;
  stopAt(rows[0][0]);
  grid.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      event.target.click();
    }
    const step = STEPS[event.key];
    const row = rows.findIndex((cells) => cells.includes(event.target));
    if (!step || row < 0) return;
    event.preventDefault();
    const target = rows[within(row + step[0], rows.length)];
    const cell = target[within(rows[row].indexOf(event.target) + step[1], target.length)];
    stopAt(cell);
    cell.focus();
  });
}

export function startGrid(root) {
  each("[data-grid]", root, roving);
}
