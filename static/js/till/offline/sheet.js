// One sheet over the page, made from a template of the page; parts marked data-put get their text.
import { sheet, toBox } from "../page.js";

export function fill(template, values = {}) {
  const part = document.getElementById(template).content.cloneNode(true);
  for (const [name, text] of Object.entries(values)) {
    for (const place of part.querySelectorAll(`[data-put="${name}"]`)) place.textContent = text;
  }
  return part;
}

export function open(part) {
  sheet.replaceChildren(part);
  if (!sheet.open) sheet.showModal();
  sheet.setAttribute("aria-labelledby", "sheet-title");
  sheet.querySelector("[autofocus]")?.focus();
}

document.addEventListener("click", (event) => {
  const dialog = event.target.closest("[data-dialog]");
  if (dialog) document.getElementById(dialog.dataset.dialog).showModal();
  if (!event.target.closest("[data-close]")) return;
  event.target.closest("dialog").close();
  toBox(); // at once: what is scanned before the dialog has told that it is closed belongs into the box
});

sheet.addEventListener("close", () => {
  sheet.replaceChildren();
  toBox();
});

// After a payment the next customer's first scan or letter closes the sheet by itself.
document.addEventListener("keydown", (event) => {
  if (!sheet.open || !sheet.querySelector("[data-paid]")) return;
  if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.key === " ") return;
  sheet.close();
});
