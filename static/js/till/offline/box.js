// The scan box without a server: what is scanned or typed goes into the cart, what is half typed is looked for.
import { box, found, toBox } from "../page.js";
import { click } from "../sounds.js";
import { add, change, Refused, set, typedQuantity } from "./cart.js";
import { asLine, byCode } from "./goods.js";
import { scaled, written } from "./money.js";
import { localName, named } from "./names.js";
import { Unreadable } from "./scan.js";
import { show, tellThem } from "./screen.js";
import { fill, open } from "./sheet.js";

const QUANTITY = /^\s*(\d{1,8}(?:[.,]\d{1,3})?)\s*[*×]/;
let terms = null;
let begin = null;
let last = new Promise((go) => (begin = go));

// Whatever was scanned before the prices were at hand waits, and for what has to be done `first`.
export async function serve(known, first = async () => {}) {
  terms = known;
  await first().catch(refuse);
  begin();
}

box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  box.value = "";
  list([]);
  inTurn(() => take(text));
});

// One scan after the other, in the order in which they came.
export function inTurn(work) {
  const done = last.then(work).catch(refuse);
  last = done.catch(() => {});
  return done;
}

export function refuse(problem) {
  if (problem instanceof Refused) return tellThem(problem.message, problem.what);
  if (problem instanceof Unreadable) return tellThem(problem.message === "byPiece" ? "unreadable" : problem.message);
  throw problem;
}

export async function take(text) {
  if (!terms) throw new Refused("notReady");
  const typed = QUANTITY.exec(text);
  const quantity = typed ? typedQuantity(typed[1]) : null;
  const code = (typed ? text.slice(typed[0].length) : text).replace(/^[ \t]+|[ \t\r\n]+$/g, "");
  if (!code && quantity === null) return;
  if (!code) return ofLast(quantity);
  const line = (await byCode(code, terms)) ?? (await onlyOneNamed(code));
  if (!line) throw new Refused("unknown", code);
  await into(line, quantity);
}

async function onlyOneNamed(text) {
  if (text.length < 2 || /^\d+$/.test(text)) return null;
  const found = await named(text);
  return found.length === 1 ? asLine(found[0]) : null;
}

// A quantity before the scan is that of the packs or labels; of what is weighed without a label it is the weight.
export async function into(line, quantity) {
  if (line.quantity === null && quantity === null) return weigh(line);
  const amount = line.quantity === null ? quantity : ((quantity ?? 1000n) * line.quantity) / 1000n;
  const cart = await change(terms, (kept) => add(kept, line, amount));
  tellThem();
  click();
  await show(terms, cart.lines.at(-1).ref);
}

async function ofLast(quantity) {
  let ref = "";
  await change(terms, (cart) => {
    if (!cart.lines.length) throw new Refused("empty");
    ref = cart.lines.at(-1).ref;
    set(cart, ref, quantity);
  });
  tellThem();
  await show(terms, ref);
}

function weigh(line) {
  open(fill("sheet-weight", { name: localName(line), unit: line.unit }));
  const form = document.querySelector("form[data-weigh]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const weight = typedQuantity(form.elements.weight.value);
    form.closest("dialog").close();
    inTurn(() => into(line, weight ?? 0n));
  });
}

// -- while somebody types -----------------------------------------------------------------------

box.addEventListener("input", async () => {
  const text = box.value.replace(QUANTITY, "").trim();
  const products = text.length > 1 && terms ? await named(text) : [];
  if (box.value.replace(QUANTITY, "").trim() === text) list(products);
});

function list(products) {
  found.replaceChildren(...products.map(foundRow));
  box.setAttribute("aria-expanded", String(products.length > 0));
  box.removeAttribute("aria-activedescendant");
}

function foundRow(product, i) {
  const price = product.price === null ? "" : written(scaled(product.price, terms.places), terms);
  const unit = product.unit === "pc" ? "" : `/${product.unit}`;
  const part = fill("found-product", { name: localName(product), sku: product.sku, price: price + unit });
  const row = part.querySelector(".found-row");
  row.id = `found-${i + 1}`;
  row.addEventListener("click", () => choose(product));
  return row;
}

function choose(product) {
  const typed = QUANTITY.exec(box.value);
  box.value = "";
  list([]);
  toBox();
  inTurn(() => into(asLine(product), typed ? typedQuantity(typed[1]) : null));
}

box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    box.value = "";
    list([]);
  }
  const rows = [...found.children];
  const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!rows.length || (event.key === "Enter" ? now < 0 : !step)) return;
  event.preventDefault();
  if (event.key === "Enter") return rows[now].click();
  const next = now < 0 && step < 0 ? rows.length - 1 : (now + step + rows.length) % rows.length;
  for (const row of rows) row.setAttribute("aria-selected", String(row === rows[next]));
  rows[next].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", rows[next].id);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("#scan")) list([]);
});
