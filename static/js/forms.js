// Passwords that show, files that drop, questions before what cannot be undone, texts that are not lost.
import { each, one } from "./dom.js";

function reveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-pressed", shown);
  });
}

function drop(zone) {
  const field = one("input[type=file]", zone);
  const name = () => {
    one("[data-file-name]", zone).textContent = [...field.files].map((file) => file.name).join(", ");
  };
  one("[data-drop-hint]", zone)?.removeAttribute("hidden");
  field.addEventListener("change", name);
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", on);
  };
  ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, over(true)));
  ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, over(false)));
  zone.addEventListener("drop", (event) => {
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Ask before a form is sent; the question names the object. */
function ask(form) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault();
  });
}

/** Warn before a changed text is left behind. */
function guard(form) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => changed && event.preventDefault());
}

/** One press, one request: the button shows that it is at work. */
function busy(form) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented) return;
    setTimeout(() => {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    });
  });
}

export function startForms(root) {
  each("[data-reveal]", root, reveal);
  each("[data-drop]", root, drop);
  each("[data-confirm]", root, ask);
  each("[data-guard]", root, guard);
  each("form[method=post]", root, busy);
}

// Back restores the page as it was left: with its buttons still at work.
addEventListener("pageshow", () =>
  document.querySelectorAll("[aria-busy=true]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }),
);
