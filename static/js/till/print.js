// The receipt is printed from a frame, so that the till stays where it is.
import { sheet } from "./page.js";
import { setting } from "./settings.js";

const frame = document.querySelector("#paper");

export function print(address) {
  frame.addEventListener("load", () => frame.contentWindow.print(), { once: true });
  frame.src = address;
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const paid = detail.target === sheet && sheet.querySelector("[data-paid]");
  if (paid && !paid.hasAttribute("data-quiet") && setting("print")) print(paid.dataset.paid);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  const paid = sheet.querySelector("[data-paid]");
  if (paid) print(paid.dataset.paid);
});
