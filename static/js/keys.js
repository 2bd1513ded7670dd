// Keys of the whole page: "/" searches, "?" lists the keys, "N" walks through changes.
import { all, one, typing } from "./dom.js";

/** Whether single-letter keys are on: in the account, and on this browser (WCAG 2.1.4). */
export function lettersOn() {
  return document.body.hasAttribute("data-keys") && remembered() !== "off";
}

function remembered() {
  try {
    return localStorage.getItem("keys");
  } catch {
    return null;
  }
}

function search(event) {
  const field = one(".g-search input");
  if (!field || field.offsetParent === null) return;
  event.preventDefault();
  field.focus();
}

function nextChange(event) {
  const changes = all("[data-diff] :is(ins, del)");
  if (!changes.length || !lettersOn()) return;
  const at = changes.findIndex((change) => change.hasAttribute("data-at"));
  const next = changes[(at + (event.shiftKey ? -1 : 1) + changes.length) % changes.length];
  changes.forEach((change) => change.removeAttribute("data-at"));
  next.setAttribute("data-at", "");
  next.scrollIntoView({ block: "center" });
}

export function startKeys() {
  const keySwitch = one("[data-keys-switch]");
  if (keySwitch) {
    keySwitch.checked = lettersOn();
    keySwitch.disabled = !document.body.hasAttribute("data-keys");
    keySwitch.addEventListener("change", () => localStorage.setItem("keys", keySwitch.checked ? "on" : "off"));
  }
  const acts = { "/": search, "?": () => one("#shortcuts")?.showModal(), n: nextChange, N: nextChange };
  document.addEventListener("keydown", (event) => typing(event) || acts[event.key]?.(event));
}
