// Theme, printing, the current tab in view, and where the focus lands.
import { all, one } from "./dom.js";

function toggleTheme() {
  const root = document.documentElement;
  root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.bsTheme);
  } catch {
    // storage refused: the choice lasts for this page
  }
}

function showCurrentTab(tab) {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.clientWidth / 2 + tab.offsetWidth / 2;
}

function enable(selector, act) {
  all(selector).forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", act);
  });
}

export function startShell() {
  enable("[data-theme-toggle]", toggleTheme);
  enable("[data-print]", () => print());
  all(".g-tabs [aria-current]").forEach(showCurrentTab);
  (one("[data-focus]") || one("[aria-invalid=true]"))?.focus();
  addEventListener("beforeprint", () => all("details.g-data").forEach((data) => (data.open = true)));
}
