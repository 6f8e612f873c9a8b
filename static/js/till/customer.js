// While a phone or a name is typed, customers who go by it are offered.
import { sheet } from "./page.js";

const PAUSE = 160; // ms
let timer = 0;

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-lookup]");
  if (!form || event.target.name !== "phone") return;
  clearTimeout(timer);
  timer = setTimeout(() => look(form, event.target.value), PAUSE);
});

async function look(form, text) {
  const answer = await fetch(`${form.dataset.lookup}?phone=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } });
  const place = sheet.querySelector("#customers-found");
  if (!answer.ok || !place) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...page.body.childNodes);
}

document.addEventListener("click", (event) => {
  const known = event.target.closest("[data-phone]");
  if (!known) return;
  const form = sheet.querySelector("form[data-lookup]");
  form.elements.phone.value = known.dataset.phone;
  form.requestSubmit();
});
