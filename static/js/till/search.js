// While somebody types, products that go by it appear under the box; arrows choose one, Enter takes it.
import { box, found } from "./page.js";
import { ask } from "./queue.js";

const PAUSE = 140; // ms; a scanner is done long before
const form = box.form;
let timer = 0;
let running = null;

box.addEventListener("input", () => {
  clearTimeout(timer);
  running?.abort();
  const name = box.value.replace(/^\s*\d+([.,]\d+)?\s*[*×]/, "").trim();
  if (name.length < 2) return show("");
  timer = setTimeout(look, PAUSE);
});

form.addEventListener("submit", () => {
  clearTimeout(timer);
  running?.abort();
});

async function look() {
  running = new AbortController();
  const address = `${form.dataset.search}?code=${encodeURIComponent(box.value)}`;
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { "HX-Request": "true" } });
    if (answer.ok) show(await answer.text());
  } catch (problem) {
    if (problem.name !== "AbortError") show("");
  }
}

function show(html) {
  // The server's own markup, parsed apart from the page: scripts in it would not run, and there are none.
  const page = new DOMParser().parseFromString(html, "text/html");
  found.replaceChildren(...page.body.childNodes);
  box.setAttribute("aria-expanded", String(rows().length > 0));
  box.removeAttribute("aria-activedescendant");
}

const rows = () => [...found.querySelectorAll("[data-product]")];

box.addEventListener("keydown", (event) => {
  const all = rows();
  if (event.key === "Escape") {
    box.value = "";
    show("");
  }
  if (!all.length) return;
  const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  if (event.key === "Enter" && now >= 0) {
    event.preventDefault();
    take(all[now]);
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  pick(all, now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length);
});

function pick(all, index) {
  for (const row of all) row.setAttribute("aria-selected", "false");
  all[index].setAttribute("aria-selected", "true");
  all[index].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", all[index].id);
}

// What was typed before the name, as in "3*milk", holds for the product that is chosen.
function take(row) {
  const values = new FormData();
  values.set("product", row.dataset.product);
  const typed = box.value.match(/^\s*(\d+(?:[.,]\d+)?)\s*[*×]/);
  if (typed) values.set("quantity", typed[1]);
  box.value = "";
  show("");
  ask("POST", form.getAttribute("action"), { values });
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-product]");
  if (row) return take(row);
  if (!event.target.closest("#scan")) show("");
});
