// The first steps, shown once on a device: beside the work, never in its way.
const KEY = "till-tour";
const tour = document.querySelector("#tour");
const steps = [...tour.querySelectorAll("[data-step]")];
let now = 0;

function show() {
  for (const shown of document.querySelectorAll(".is-in-tour")) shown.classList.remove("is-in-tour");
  steps.forEach((step, i) => (step.hidden = i !== now));
  document.querySelector(steps[now].dataset.step)?.classList.add("is-in-tour");
}

function end() {
  localStorage.setItem(KEY, "seen");
  tour.hidden = true;
  for (const shown of document.querySelectorAll(".is-in-tour")) shown.classList.remove("is-in-tour");
}

tour.addEventListener("click", (event) => {
  if (event.target.closest("[data-tour-end]")) return end();
  if (!event.target.closest("[data-tour-next]")) return;
  now += 1;
  if (now === steps.length) end();
  else show();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-tour-again]")) return;
  now = 0;
  event.target.closest("dialog").close();
  tour.hidden = false;
  show();
});

if (localStorage.getItem(KEY) !== "seen") {
  tour.hidden = false;
  show();
}
