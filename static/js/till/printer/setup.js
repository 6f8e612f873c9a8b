// The page on which a device's printer is chosen, set and tried.
import { bytesFrom, send, ways } from "./send.js";
import { asQuery, printer, remember } from "./settings.js";

const form = document.querySelector("form[data-printer]");
const said = form.querySelector("[data-said]");
const SETTINGS = ["way", "paper", "codePage", "baud"];

function say(sentence, isRefusal = false) {
  said.hidden = !sentence;
  said.textContent = sentence;
  said.classList.toggle("is-refusal", isRefusal);
}

function show() {
  const { way, name } = printer();
  form.querySelector("[data-direct]").hidden = way === "page";
  form.querySelector("[data-serial]").hidden = way !== "serial";
  form.querySelector("[data-which]").textContent = name ? `${form.dataset.chosen} ${name}` : form.dataset.none;
  const isAble = way === "page" || ways[way].isPossible();
  for (const button of form.querySelectorAll("[data-choose], [data-try]")) button.disabled = !isAble;
  say(isAble ? "" : form.dataset.unable, true);
}

for (const name of SETTINGS) if (printer()[name]) form.elements[name].value = printer()[name];

form.addEventListener("submit", (event) => event.preventDefault());

form.addEventListener("change", () => {
  const isOther = form.elements.way.value !== printer().way;
  remember(Object.fromEntries(SETTINGS.map((name) => [name, form.elements[name].value])));
  if (isOther) remember({ name: undefined });
  show();
});

form.querySelector("[data-choose]").addEventListener("click", async () => {
  try {
    await ways[printer().way].choose();
    show();
  } catch (problem) {
    if (problem.name !== "NotFoundError") say(form.dataset.failed, true); // NotFoundError: nothing was picked
  }
});

form.querySelector("[data-try]").addEventListener("click", async () => {
  try {
    await send(await bytesFrom(`${form.dataset.test}?${asQuery()}`));
    say(form.dataset.sent);
  } catch {
    say(form.dataset.failed, true);
  }
});

show();
