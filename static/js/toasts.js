// One message at a time, gone after 8 s unless the reader is on it.
import { one } from "./dom.js";

const SHOWN_FOR = 8000;

function expire(toast) {
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), SHOWN_FOR);
  };
  const hold = () => clearTimeout(timer);
  ["mouseenter", "focusin"].forEach((name) => toast.addEventListener(name, hold));
  ["mouseleave", "focusout"].forEach((name) => toast.addEventListener(name, start));
  start();
}

/** Say something that needs no answer. */
export function say(text) {
  const box = one("[data-toasts]");
  if (!box) return;
  const toast = one("#toast").content.firstElementChild.cloneNode(true);
  one("span", toast).textContent = text;
  box.replaceChildren(toast);
  expire(toast);
}

export function startToasts() {
  const toast = one("[data-toast]");
  if (toast) expire(toast);
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) =>
    document.addEventListener(name, () => say(document.body.dataset.failed)),
  );
}
