// Menus are details elements: Escape or a click outside closes them, arrows move inside.
import { all, one } from "./dom.js";

const entries = (menu) => all("a, button, input:not([type=hidden])", one(".g-menu", menu));

function close(menu, refocus) {
  if (!menu.open) return;
  menu.open = false;
  if (refocus) one("summary", menu).focus();
}

function move(menu, step) {
  const list = entries(menu);
  const at = list.indexOf(document.activeElement);
  list[(at + step + list.length) % list.length].focus();
}

function onKey(event) {
  const menu = event.target.closest("[data-menu]");
  if (!menu || !menu.open) return;
  const act = { Escape: () => close(menu, true), ArrowDown: () => move(menu, 1), ArrowUp: () => move(menu, -1) }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

export function startMenus() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) =>
    all("[data-menu][open]").forEach((menu) => menu.contains(event.target) || close(menu, false)),
  );
}
