// What a scanner sends, read without a server: GTINs of every length, labels of the shop's scales, our own QR codes,
// GS1 element strings and Digital Links with the parts that a sale needs; anything else may be an in-house code or SKU.
// The likeliest reading comes first. As catalog/scan, which knows more of them.
import { scaled } from "./money.js";

const LENGTHS = [8, 12, 13, 14];
const SEPARATOR = "\u001d";
const FIXED = { "00": 18, "01": 14, "02": 14, 11: 6, 12: 6, 13: 6, 15: 6, 16: 6, 17: 6, 20: 2 };

export class Unreadable extends Error {}

export function checkDigit(body) {
  const total = [...body].reverse().reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 1 : 3), 0);
  return String((10 - (total % 10)) % 10);
}

export const isGtin = (code) =>
  /^\d+$/.test(code) && LENGTHS.includes(code.length) && /[1-9]/.test(code) && checkDigit(code.slice(0, -1)) === code.at(-1);

export const gtin14 = (code) => code.padStart(14, "0");

export function readings(typed, labels) {
  let text = typed.trim();
  const symbology = /^\][A-Za-z][0-9A-Za-z]/.exec(text)?.[0] ?? "";
  text = text.slice(symbology.length);
  if (text.startsWith("pp:")) return [ownCode(text.slice(3))];
  if (/^https?:\/\//i.test(text)) return [digitalLink(text), { codes: [text] }].filter(Boolean);
  if (/^\(01\)/.test(text)) return [bracketed(text), { codes: [text] }];
  if (["]C1", "]d2", "]Q3", "]e0"].includes(symbology) || text.includes(SEPARATOR) || /^01\d{14}./.test(text)) {
    return [elements(text.replace(/^\u001d/, "")), { codes: [text] }];
  }
  if (/^\d+$/.test(text) && LENGTHS.includes(text.length)) {
    const found = [];
    if (isGtin(text)) found.push({ codes: [gtin14(text), text] });
    const label = scaleLabel(text, labels);
    if (label) found.push(label);
    return found.length ? found : [{ codes: [text] }];
  }
  return [{ codes: [text] }];
}

function scaleLabel(text, labels) {
  let code = text;
  if (code.length === 12 && code[0] === "2") code = `0${code}`;
  else if (code.length === 14 && code[0] === "0") code = code.slice(1);
  const layout = labels.find((each) => code.length === 13 && code.startsWith(each.prefix));
  if (!layout || !isGtin(code)) return null;
  if (layout.inner_check) throw new Unreadable("unreadable"); // its check digit over the value is the server's to know
  const item = code.slice(2, 2 + layout.item_digits);
  const value = code.slice(-1 - layout.value_digits, -1);
  const cut = value.length - layout.decimals;
  const amount = `${value.slice(0, cut) || "0"}.${value.slice(cut) || "0"}`;
  if (!/[1-9]/.test(value)) throw new Unreadable("damaged");
  const codes = [...new Set([code.slice(0, 2) + item, item, item.replace(/^0+/, "")])].filter(Boolean);
  if (layout.carries === "weight") return { codes, measure: { amount, unit: "kg" }, isLabel: true };
  if (layout.carries === "price") return { codes, price: amount, isLabel: true };
  return { codes, count: amount, isLabel: true };
}

function ownCode(text) {
  const [code, query = ""] = text.split("?", 2);
  const said = new URLSearchParams(query);
  const measure = said.has("q") ? { amount: said.get("q"), unit: "" } : undefined;
  for (const value of [said.get("q"), said.get("p")]) if (value !== null && !scaled(value, 6)) throw new Unreadable("damaged");
  return { codes: [decodeURIComponent(code)], measure, price: said.get("p") ?? undefined };
}

function digitalLink(text) {
  const found = /\/01\/(\d{8,14})(?:[/?#]|$)/.exec(text);
  return found && isGtin(found[1]) ? { codes: [gtin14(found[1]), found[1]] } : null;
}

function bracketed(text) {
  const values = new Map([...text.matchAll(/\((\d{2,4})\)([^(]*)/g)].map(([, ai, value]) => [ai, value.trim()]));
  return ofElements(values);
}

function elements(text) {
  const values = new Map();
  let rest = text;
  while (rest) {
    const ai = /^3[1-9]/.test(rest) ? rest.slice(0, 4) : rest.slice(0, 2);
    const length = FIXED[ai] ?? (/^31|^32/.test(ai) ? 6 : 0);
    const end = length ? ai.length + length : Math.max(rest.indexOf(SEPARATOR), 0) || rest.length;
    values.set(ai, rest.slice(ai.length, end));
    rest = rest.slice(end).replace(/^\u001d/, "");
  }
  return ofElements(values);
}

function ofElements(values) {
  const code = values.get("01");
  if (!code || !isGtin(code)) throw new Unreadable("unreadable");
  const reading = { codes: [gtin14(code), code] };
  for (const [ai, value] of values) {
    if (!/^\d+$/.test(value)) continue;
    const decimals = Number(ai[3] ?? 0);
    const shifted = () => `${value.padStart(decimals + 1, "0").slice(0, -decimals || undefined)}.${decimals ? value.padStart(decimals + 1, "0").slice(-decimals) : "0"}`;
    if (/^310\d$/.test(ai)) reading.measure = { amount: shifted(), unit: "kg" };
    else if (/^392\d$/.test(ai)) reading.price = shifted();
    else if (ai === "30") reading.count = value;
    else if (/^(32|393|311|315)/.test(ai)) throw new Unreadable("unreadable");
  }
  return reading;
}
