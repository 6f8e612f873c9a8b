// The payment of a cart without a connection: cash with its change, or card and UPI by their reference.
import { send } from "../printer/send.js";
import { isDirect } from "../printer/settings.js";
import { setting } from "../settings.js";
import { sheet } from "../page.js";
import { click } from "../sounds.js";
import { makeBill } from "./bill.js";
import { inTurn } from "./box.js";
import { read, Refused } from "./cart.js";
import { state, waiting } from "./database.js";
import { plain, scaled, written } from "./money.js";
import { print, timeOf } from "./paper.js";
import { show, tellThem } from "./screen.js";
import { fill, open } from "./sheet.js";
import { priced } from "./terms.js";

export function serve(terms) {
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-pay-by]");
    if (way) inTurn(() => ask(way.dataset.payBy, terms));
    if (event.target.closest("[data-print-last]")) state("last").then((bill) => print(bill, terms));
    if (event.target.closest("[data-open-waiting]")) list(terms);
  });
}

async function ask(method, terms) {
  const cart = await read(terms);
  if (!cart.lines.length) throw new Refused("empty");
  const { total } = priced(cart, terms);
  open(fill("sheet-pay", { total: written(total, terms) }));
  const form = sheet.querySelector("form[data-pay]");
  form.dataset.places = terms.places;
  form.dataset.total = plain(total, terms.places);
  const isCash = method === "cash";
  form.querySelector(`[data-for="${isCash ? "reference" : "cash"}"]`).remove();
  if (!isCash) {
    const label = form.querySelector('label[for="reference"]');
    label.textContent = label.dataset[method];
  }
  const input = form.querySelector("input");
  if (isCash) input.placeholder = written(total, terms, "decimal");
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true })); // the change is worked out by ../pay.js
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const payment = paymentOf(method, input.value, total, terms);
    if (!payment) return input.select();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    inTurn(() => finish(cart, payment, terms));
  });
}

// Null where less was handed over, or what was typed is no amount.
function paymentOf(method, text, total, { places }) {
  if (method !== "cash") return { method, reference: text.trim(), tendered: null, change: 0n };
  const tendered = text.trim() ? scaled(text.replace(/[\s,₹]/g, ""), places) : total;
  return tendered === null || tendered < total ? null : { method, tendered, change: tendered - total };
}

async function finish(cart, payment, terms) {
  let bill;
  try {
    bill = await makeBill(cart, payment, terms, (await state("cashier")) ?? {});
  } catch (problem) {
    sheet.close();
    await show(terms);
    throw problem.name === "QuotaExceededError" ? new Refused("full") : problem;
  }
  click();
  tellThem();
  await show(terms);
  const part = fill("sheet-paid", { number: bill.number });
  const word = part.querySelector('[data-put="word"]');
  const isCash = payment.method === "cash";
  word.textContent = isCash ? word.dataset.change : word.dataset.paidWord;
  part.querySelector('[data-put="amount"]').textContent = written(isCash ? payment.change : bill.figures.total, terms);
  open(part);
  if (isCash && terms.drawer && isDirect()) openDrawer(terms.drawer);
  if (setting("print")) print(bill, terms);
}

function openDrawer(pulse) {
  send(Uint8Array.from(atob(pulse), (letter) => letter.charCodeAt(0))).catch(() => {});
}

// What waits to be sent, to be printed again.
async function list(terms) {
  const part = fill("sheet-waiting");
  const bills = await waiting();
  part.querySelector("[data-none]").hidden = bills.length > 0;
  for (const { bill } of bills) {
    const values = { number: bill.number, time: timeOf(bill, terms), total: written(bill.figures.total, terms) };
    const row = fill("waiting-bill", values);
    row.querySelector("[data-print-waiting]").addEventListener("click", () => print(bill, terms));
    part.querySelector("[data-list]").append(row);
  }
  open(part);
}
