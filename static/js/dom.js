// The few helpers that several parts share.

/** First match under root. */
export const one = (selector, root = document) => root.querySelector(selector);

/** All matches under root, root itself included. */
export const all = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  return root instanceof Element && root.matches(selector) ? [root, ...found] : found;
};

/** Run `start` once for each match, however often the page is swapped. */
export const each = (selector, root, start) =>
  all(selector, root).forEach((element) => {
    if (element.dataset.started) return;
    element.dataset.started = "true";
    start(element);
  });

/** Whether a key was typed into a field, or with a modifier. */
export const typing = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;

/** Send a form-encoded POST with the page's token; give the answer, or throw with a sentence for people. */
export async function post(url, values) {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") || "{}"), "HX-Request": "true" };
  let answer;
  try {
    answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(values) });
  } catch {
    throw new Error(document.body.dataset.failed);
  }
  if (!answer.ok) throw Object.assign(new Error(reason(await answer.text())), { status: answer.status });
  return answer;
}

/** The sentence in a refusal: the text itself, or what a whole page says. */
function reason(html) {
  if (!html.includes("<")) return html || document.body.dataset.failed;
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = page.querySelector("[data-reason], [role=alert]");
  return found ? found.textContent.trim() : document.body.dataset.failed;
}
