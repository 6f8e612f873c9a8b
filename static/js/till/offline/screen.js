// Shows the cart, its total, and what there is to say.
import { notice } from "../page.js";
import { low } from "../sounds.js";
import { read } from "./cart.js";
import { quantityText, scaled, written } from "./money.js";
import { localName } from "./names.js";
import { fill } from "./sheet.js";
import { priced } from "./terms.js";

const place = document.querySelector("#cart .till-lines");
const side = document.querySelector("#cart .till-side");
const { dataset: sentences } = document.querySelector("#sentences");
const plural = new Intl.PluralRules(document.documentElement.lang);

export async function show(terms, touched = "") {
  const cart = await read(terms);
  const figures = priced(cart, terms);
  const wanted = [touched, place.querySelector(".line[aria-current]")?.dataset.ref, cart.lines.at(-1)?.ref];
  const current = wanted.find((ref) => cart.lines.some((line) => line.ref === ref));
  if (cart.lines.length) {
    const table = fill("cart-table");
    cart.lines.forEach((line, i) => table.querySelector("table").append(row(line, i, figures, terms, current)));
    place.replaceChildren(table);
  } else place.replaceChildren(fill("empty-cart"));
  place.querySelector(".line[aria-current]")?.scrollIntoView({ block: "nearest" });
  showSums(cart, figures, terms);
  const last = cart.lines.find((line) => line.ref === touched);
  if (last) say(last, figures.lines[cart.lines.indexOf(last)], figures, terms);
}

function row(line, i, figures, terms, current) {
  const unit = line.unit === "pc" ? "" : ` ${line.unit}`;
  const more = [line.mrp && `MRP ${written(scaled(line.mrp, terms.places) ?? 0n, terms, "decimal")}`];
  if (scaled(line.pack, 3) !== 1000n) more.push(sentences.pack.replace("{what}", quantityText(scaled(line.pack, 3))));
  more.push(line.code);
  const part = fill("cart-line", {
    number: String(i + 1),
    name: localName(line),
    quantity: quantityText(line.quantity) + unit,
    price: written(scaled(line.price, terms.places), terms, "decimal"),
    amount: written(figures.lines[i].gross, terms, "decimal"),
    more: more.filter(Boolean).join(" · "),
  });
  const body = part.querySelector(".line");
  body.dataset.ref = line.ref;
  if (line.ref === current) body.setAttribute("aria-current", "true");
  return part;
}

function showSums(cart, figures, terms) {
  side.querySelector("#total").textContent = written(figures.total, terms);
  const items = cart.lines.reduce((sum, line) => sum + (line.weighed ? 1000n : line.quantity), 0n);
  const words = side.querySelector("[data-items]");
  const one = plural.select(Number(items) / 1000) === "one";
  words.textContent = (one ? words.dataset.one : words.dataset.many).replace("{n}", quantityText(items));
  const sums = side.querySelector("[data-sums]");
  const parts = [
    [sums.dataset.taxable, figures.taxable],
    [sums.dataset.tax, figures.tax],
    [sums.dataset.roundOff, figures.roundOff || null],
  ].filter(([, amount]) => amount !== null && cart.lines.length);
  sums.textContent = parts.map(([word, amount]) => `${word} ${written(amount, terms, "decimal")}`).join(" · ");
  for (const part of side.querySelectorAll("[data-with-lines]")) part.hidden = !cart.lines.length;
}

function say(line, figures, all, terms) {
  document.querySelector("#said").textContent =
    `${localName(line)}, ${quantityText(line.quantity)}, ${written(figures.gross, terms)}. ${sentences.total} ${written(all.total, terms)}`;
}

// A sentence by its name, where the eye is; nothing takes it away again.
export function tellThem(name = "", what = "", { isAmber = false } = {}) {
  if (!name) return notice.replaceChildren();
  const around = document.createElement("div");
  around.className = `notice ${isAmber ? "is-amber" : "is-refusal"}`;
  const said = document.createElement("p");
  said.textContent = (sentences[name] ?? name).replace("{what}", what);
  around.append(said);
  notice.replaceChildren(around);
  low();
}
