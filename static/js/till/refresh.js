// A page that was away for a while, or is told that it is out of date, asks for the cart as it is now.
import { ask } from "./queue.js";
import { box, till, toBox } from "./page.js";

const LONG = 20_000; // ms
let leftAt = 0;

const refresh = () => ask("GET", till.dataset.till);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leftAt = Date.now();
  else if (leftAt && Date.now() - leftAt > LONG) refresh();
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) refresh();
});

document.addEventListener("htmx:afterSwap", async ({ detail }) => {
  const stale = detail.target.querySelector?.("[data-refresh]");
  if (!stale) return;
  const said = stale.cloneNode(true);
  said.removeAttribute("data-refresh");
  await refresh();
  document.querySelector("#sheet[open]")?.close();
  document.querySelector("#notice").replaceChildren(said);
  toBox();
});

// Whoever comes back by the browser's own button finds the box empty. After a plain load somebody may be typing already.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") box.value = "";

const word = document.querySelector("[data-online-word]");
for (const [name, sentence] of [["online", word.textContent], ["offline", till.dataset.offlineWord]]) {
  window.addEventListener(name, () => {
    word.textContent = sentence;
    word.parentElement.classList.toggle("is-off", name === "offline");
  });
}
