// The customer's display asks every second what has changed, and at once when the till beside it says so.
const place = document.querySelector("[data-display]");
const said = document.querySelector("#said");
const off = document.querySelector("[data-off]");
const EVERY = 1000; // ms
const PATIENCE = 8000; // ms until a line that says nothing counts as none
let version = "";
let timer = 0;
let isAsking = false;
let isAskedAgain = false;

async function look() {
  if (isAsking) return (isAskedAgain = true);
  clearTimeout(timer);
  isAsking = true;
  try {
    await ask();
    off.hidden = true;
  } catch {
    off.hidden = false;
  }
  isAsking = false;
  timer = setTimeout(look, isAskedAgain ? 0 : EVERY);
  isAskedAgain = false;
}

async function ask() {
  if (document.hidden) return;
  const headers = { "If-None-Match": version };
  const answer = await fetch(place.dataset.display, { headers, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.redirected) return location.reload(); // signed out: the page says so itself
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(String(answer.status));
  version = answer.headers.get("etag") ?? "";
  show(await answer.text());
}

function show(html) {
  // The server's own markup, parsed apart from the page: scripts in it would not run, and there are none.
  const page = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...page.body.childNodes);
  said.textContent = place.querySelector("[data-said]").dataset.said;
  const lines = place.querySelector(".display-lines");
  if (lines) lines.scrollTop = lines.scrollHeight;
}

new BroadcastChannel(`till-${place.dataset.channel}`).addEventListener("message", look);
document.addEventListener("visibilitychange", look);
look();
