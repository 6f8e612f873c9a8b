// One line is current: its details are open, and + - Del are for it. Arrows move it while nothing is typed.
import { box, found } from "./page.js";

const lines = () => [...document.querySelectorAll(".line")];

function choose(line) {
  for (const other of lines()) other.removeAttribute("aria-current");
  line.setAttribute("aria-current", "true");
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const line = event.target.closest(".line");
  if (line) choose(line);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== box || box.value || found.childElementCount) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const all = lines();
  if (!step || !all.length) return;
  event.preventDefault();
  const now = all.findIndex((line) => line.hasAttribute("aria-current"));
  choose(all[Math.min(Math.max(now + step, 0), all.length - 1)]);
});

document.addEventListener("htmx:afterSettle", () => {
  document.querySelector(".line[aria-current]")?.scrollIntoView({ block: "nearest" });
});
