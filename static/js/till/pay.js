// The payment sheet: quick notes, and the change while it is typed. Amounts are whole numbers of the smallest coin.
import { sheet } from "./page.js";

const form = () => sheet.querySelector("form[data-pay]");

const GROUPED = /^\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?$/;

function minor(text, places) {
  const amount = text.replace(/[\s₹]/g, "");
  if (amount.includes(",") && !GROUPED.test(amount)) return null;
  const [whole, part = ""] = amount.replaceAll(",", "").split(".");
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(part) || part.length > places) return null;
  return BigInt((whole || "0") + part.padEnd(places, "0"));
}

function written(amount, { places, currency }) {
  const digits = String(amount < 0n ? -amount : amount).padStart(Number(places) + 1, "0");
  const cut = digits.length - Number(places);
  const plain = Number(places) ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits;
  const locale = currency === "INR" ? "en-IN" : document.documentElement.lang;
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(plain);
}

function work() {
  const pay = form();
  const out = pay?.querySelector("[data-change]");
  if (!out) return;
  const places = Number(pay.dataset.places);
  let due = minor(pay.dataset.total, places);
  let isReadable = true;
  const value = (input) => {
    const amount = minor(input.value, places);
    if (amount === null) isReadable = false;
    return amount ?? 0n;
  };
  for (const part of pay.querySelectorAll("[data-part]")) due -= value(part);
  const input = pay.querySelector("[data-tendered]");
  const isSplit = pay.querySelector("[data-part]") !== null;
  const given = input.value.trim() ? value(input) : isSplit ? 0n : due;
  const change = given - due;
  const word = pay.querySelector("[data-change-word]");
  word.textContent = change < 0n ? word.dataset.due : word.dataset.back;
  out.value = isReadable ? written(change, pay.dataset) : "?";
  out.classList.toggle("is-short", change < 0n && !isSplit);
}

document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-pay]")) work();
});

document.addEventListener("htmx:afterSwap", work);

document.addEventListener("click", (event) => {
  const note = event.target.closest("[data-note]");
  if (!note) return;
  const input = form().querySelector("[data-tendered]");
  input.value = note.dataset.note;
  input.focus();
  work();
});
