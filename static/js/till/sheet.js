// One sheet over the page: payment, discount, customer, held carts, questions.
import { ask } from "./queue.js";
import { sheet, toBox } from "./page.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-sheet]");
  if (opener) ask("GET", opener.dataset.sheet, { target: "#sheet" });
  const dialog = event.target.closest("[data-dialog]");
  if (dialog) document.getElementById(dialog.dataset.dialog).showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== sheet || !sheet.childElementCount) return;
  if (!sheet.open) sheet.showModal();
  sheet.setAttribute("aria-labelledby", "sheet-title");
  const first = sheet.querySelector("[autofocus]");
  first?.focus();
  sheet.querySelector("form[data-at-once]")?.requestSubmit();
  if (first?.value) first.select();
});

sheet.addEventListener("close", () => {
  sheet.replaceChildren();
  toBox();
});

// After a payment the next customer's first scan or letter closes the sheet by itself.
document.addEventListener("keydown", (event) => {
  if (!sheet.open || !sheet.querySelector("[data-paid]:not([data-quiet])")) return;
  if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.key === " ") return;
  sheet.close();
  toBox();
});
