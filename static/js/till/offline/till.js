// The till without a connection. Each module is one behaviour, bound by data attributes.
import "../focus.js";
import "../keys.js";
import "../lines.js";
import "../pay.js";
import "../scanner.js";
import { look } from "./back.js";
import { serve as serveBox } from "./box.js";
import { takeAlong } from "./carry.js";
import { serve as serveChanges } from "./change.js";
import { state } from "./database.js";
import { serve as servePayments } from "./pay.js";
import { show, tellThem } from "./screen.js";
import { knownTerms } from "./terms.js";
import "./waiting.js";

const terms = await knownTerms();
if (terms) {
  const cashier = await state("cashier");
  document.querySelector("[data-cashier]").textContent = cashier?.name ?? "";
  serveChanges(terms);
  servePayments(terms);
  await serveBox(terms, () => takeAlong(terms));
  await show(terms);
  document.addEventListener("till:elsewhere", () => show(terms));
} else {
  serveBox(null);
  tellThem("notReady");
}
look();
