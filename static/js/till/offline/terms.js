// What holds for every sale of this register, and what a line costs by it.
import { state } from "./database.js";
import { scaled } from "./money.js";
import { day, now } from "./moment.js";
import { priceCart } from "./pricing.js";

// Null before the register has learnt all goods once.
export async function knownTerms() {
  return (await state("ready")) ? state("terms") : null;
}

export function rateOf(line, terms, date) {
  const found = (terms.taxes[line.tax] ?? []).find((rate) => rate.since <= date);
  return found ?? { rate: "0", cess: "0", parts: [] };
}

export function priced(cart, terms, moment = now(terms)) {
  const date = day(moment, terms.time_zone);
  const lines = cart.lines.map((line) => ({
    key: line.product,
    quantity: line.quantity,
    price: scaled(line.price, terms.places),
    parts: rateOf(line, terms, date).parts,
  }));
  return priceCart(lines, { places: terms.places, includesTax: terms.prices_include_tax, step: terms.rounding_step });
}
