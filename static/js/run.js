// The progress of an assembly: a stream of events; after two failures, or without EventSource, a poll.
import { one } from "./dom.js";
import { say } from "./toasts.js";

const OVER = 286; // the status that ends a poll
const SLOW_AFTER = 10000;

function show(box, html) {
  box.innerHTML = html;
  const status = one("[data-status]", box)?.dataset.status;
  const spoken = one("[data-run-status]");
  if (status && spoken.textContent !== status) spoken.textContent = status;
}

const finish = () => location.reload();

function poll(box, since = Date.now()) {
  const again = () => setTimeout(() => poll(box, since), Date.now() - since > 60000 ? 5000 : 2000);
  fetch(box.dataset.state, { headers: { "HX-Request": "true" } })
    .then(async (answer) => {
      const html = answer.ok ? await answer.text() : "";
      if (html) show(box, html);
      return answer.status === OVER ? finish() : again();
    })
    .catch(again);
}

function listen(box) {
  const source = new EventSource(box.dataset.stream);
  let failures = 0;
  let slow = setTimeout(() => {}, 0);
  const waiting = () => {
    clearTimeout(slow);
    slow = setTimeout(() => say(box.dataset.slow), SLOW_AFTER);
  };
  waiting();
  source.addEventListener("etape", (event) => {
    failures = 0;
    waiting();
    show(box, event.data);
  });
  source.addEventListener("fin", () => {
    source.close();
    finish();
  });
  source.addEventListener("error", () => {
    failures += 1;
    if (failures < 2 && source.readyState !== EventSource.CLOSED) return;
    source.close();
    poll(box);
  });
}

export function startRun() {
  const box = one("[data-run]");
  if (!box) return;
  if (window.EventSource) listen(box);
  else poll(box);
}
