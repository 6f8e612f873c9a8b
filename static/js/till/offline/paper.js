// A bill of this till on paper, 80 mm wide: the same figures that the books get, under the number that they keep.
import { plain, quantityText, scaled, written } from "./money.js";
import { clock, dayText } from "./moment.js";
import { fill } from "./sheet.js";

const article = document.querySelector("#receipt");

export function print(bill, terms) {
  article.replaceChildren(receipt(bill, terms));
  window.print();
}

function receipt(bill, terms) {
  const { seller } = terms;
  const moment = new Date(bill.sent.occurred_at);
  const part = fill("paper", {
    header: seller.header,
    name: seller.name,
    address: [seller.store, seller.address].filter(Boolean).join("\n"),
    number: bill.number,
    time: `${dayText(moment, terms.time_zone)}, ${clock(moment, terms.time_zone)}`,
    till: terms.till,
    cashier: bill.cashier,
    footer: seller.footer,
  });
  const put = (name, text) => {
    const place = part.querySelector(`[data-put="${name}"]`);
    if (text) place.textContent = `${place.dataset.word} ${text}`;
  };
  put("phone", seller.phone);
  put("gstin", seller.gstin);
  put("place", terms.place_of_supply);
  const title = part.querySelector('[data-put="title"]');
  const { taxed, untaxed, plain: bare } = title.dataset;
  title.textContent = !seller.gstin ? bare : bill.figures.tax ? taxed : untaxed;
  part.querySelector("[data-lines]").append(...bill.lines.map((line, i) => lineRow(line, bill.figures.lines[i], terms)));
  part.querySelector("[data-sums]").append(...sums(part.querySelector("[data-sums]").dataset, bill, terms));
  const taxes = bill.figures.taxes.map((tax) => taxRow(tax, terms));
  if (taxes.length) part.querySelector("[data-taxes]").append(...taxes);
  else part.querySelector(".receipt-taxes").remove();
  for (const empty of part.querySelectorAll("[data-put]:empty")) empty.remove();
  return part;
}

function row(head, ...cells) {
  const made = document.createElement("tr");
  const first = document.createElement("th");
  first.scope = "row";
  first.append(...[head].flat());
  made.append(first);
  for (const text of cells) made.insertCell().textContent = text;
  return made;
}

function lineRow(line, figures, terms) {
  const small = document.createElement("span");
  small.className = "receipt-small";
  const unit = line.unit === "pc" ? "" : ` ${line.unit}`;
  const price = written(scaled(line.price, terms.places), terms, "decimal");
  small.textContent = [`${quantityText(line.quantity)}${unit} × ${price}`, line.hsn && `HSN ${line.hsn}`].filter(Boolean).join(" · ");
  const others = Object.entries(line.names ?? {}).filter(([, name]) => name && name !== line.name);
  const names = others.flatMap(([language, name]) => {
    const other = document.createElement("span");
    other.lang = language;
    other.textContent = name;
    return [document.createElement("br"), other];
  });
  return row([line.name, ...names, document.createElement("br"), small], written(figures.gross, terms, "decimal"));
}

// What is zero says nothing.
function sums(words, { figures, payment }, terms) {
  const amounts = ["subtotal", "taxable", "tax", "roundOff"].map((name) => [words[name], figures[name]]);
  const rows = amounts.filter(([, amount]) => amount).map(([word, amount]) => row(word, written(amount, terms, "decimal")));
  const total = row(words.total, written(figures.total, terms));
  total.className = "receipt-total";
  rows.push(total, row([words[payment.method], " ", payment.reference ?? ""], written(figures.total, terms)));
  if (payment.tendered) rows.push(row(words.tendered, written(payment.tendered, terms)));
  if (payment.change) rows.push(row(words.change, written(payment.change, terms)));
  return rows;
}

const taxRow = ({ name, rate, taxable, amount }, terms) =>
  row(name, `${rate} %`, written(taxable, terms, "decimal"), written(amount, terms, "decimal"));

export const timeOf = (bill, terms) => clock(new Date(bill.sent.occurred_at), terms.time_zone);
export const totalOf = (bill, terms) => plain(bill.figures.total, terms.places);
