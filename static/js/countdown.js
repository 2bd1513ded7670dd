// Refreshes what is left each minute, counted from the server's clock and never from the visitor's.
import { all, one } from "./dom.js";
import { say } from "./toasts.js";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ANNOUNCED = [24 * HOUR, 4 * HOUR, HOUR];

const french = document.documentElement.lang !== "en";
const day = french ? "j" : "d";
const serverNow = Date.parse(document.body.dataset.now);
const offset = Number.isNaN(serverNow) ? 0 : serverNow - Date.now();

const level = (left) => {
  if (left <= 0) return "past";
  if (left <= DAY) return "last";
  if (left <= 3 * DAY) return "near";
  return left <= 14 * DAY ? "soon" : "";
};

function remaining(left, fine) {
  const minutes = Math.floor(left / MINUTE);
  const parts = [[Math.floor(minutes / 1440), day], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]];
  let shown = fine ? parts : parts.slice(0, left <= 14 * DAY ? 2 : 1);
  if (left <= DAY) shown = [[Math.floor(minutes / 60), "h"], [minutes % 60, "min"]];
  return shown.map(([count, unit]) => `${count}\u00a0${unit}`).join("\u00a0");
}

function refresh(element) {
  const left = Date.parse(element.dateTime) - (Date.now() + offset);
  const words = left > 0 ? remaining(left, element.dataset.countdown === "fine") : french ? "Close" : "Closed";
  one("[data-left]", element).textContent = words;
  element.classList.remove("soon", "near", "last", "past");
  if (level(left)) element.classList.add(level(left));
}

/** Announce the deadline of the page, politely, when it passes a threshold while the page is open. */
function announcer() {
  const element = one(".g-top [data-countdown]");
  if (!element) return () => {};
  let before = Infinity;
  return () => {
    const left = Date.parse(element.dateTime) - (Date.now() + offset);
    if (before !== Infinity && ANNOUNCED.some((mark) => left <= mark && before > mark)) say(element.textContent.trim());
    before = left;
  };
}

export function startCountdowns() {
  const announce = announcer();
  const tick = () => {
    all("[data-countdown]").forEach(refresh);
    announce();
  };
  tick();
  setInterval(tick, MINUTE);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
