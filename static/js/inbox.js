// The inbox: a notice opens beside the list; J K walk, R E P sort it, U undoes.
import { all, one, typing } from "./dom.js";
import { lettersOn } from "./keys.js";

const wide = () => matchMedia("(min-width: 900px)").matches;

function mark(list, link) {
  all("[data-notice]", list).forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
}

async function open(list, link) {
  mark(list, link);
  await window.htmx.ajax("GET", link.href, { target: "#notice", swap: "innerHTML" });
  link.classList.add("seen");
  one("#notice").scrollTop = 0;
}

function walk(list, step) {
  const links = all("[data-notice]", list);
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const link = links[Math.max(0, Math.min(links.length - 1, at + step))];
  link.focus();
  open(list, link);
}

const submit = (selector) => one(selector)?.requestSubmit();

export function startInbox() {
  const list = one("[data-triage]");
  if (!list) return;
  if (new URLSearchParams(location.search).has("avis")) one("[data-notice][aria-current]", list)?.focus(); // after a sort
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-notice]");
    if (!link || !wide() || !window.htmx || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(list, link);
  });
  const acts = {
    j: () => walk(list, 1),
    k: () => walk(list, -1),
    r: () => submit("#notice [data-key=r]"),
    e: () => submit("#notice [data-key=e]"),
    p: () => submit("#notice [data-key=p]"),
    u: () => submit("[data-toast] form"),
  };
  document.addEventListener("keydown", (event) => {
    if (typing(event) || !lettersOn() || !wide()) return;
    acts[event.key.toLowerCase()]?.();
  });
}
