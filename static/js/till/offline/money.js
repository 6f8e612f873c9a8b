// Exact amounts: whole numbers (BigInt) of the smallest unit that is meant, never floating point.

// "12.5" with two places is 1250n. Null for what is no such number.
export function scaled(text, places) {
  const found = /^\s*(\d{0,15})(?:[.,](\d*))?\s*$/.exec(text ?? "");
  if (!found || (!found[1] && !found[2])) return null;
  const part = (found[2] ?? "").replace(/0+$/, "");
  if (part.length > places) return null;
  return BigInt(found[1] + part.padEnd(places, "0") || "0");
}

export function plain(amount, places) {
  const digits = String(amount < 0n ? -amount : amount).padStart(places + 1, "0");
  const cut = digits.length - places;
  return (amount < 0n ? "-" : "") + (places ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits);
}

// The nearest whole number, half a unit away from zero.
export function halfUp(numerator, denominator) {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

// Parts of a total in proportion to weights, which add up to it: largest remainder; among equals the larger weight,
// then the earlier one. As pantrypal.core.money.allocate.
export function allocate(total, weights) {
  let whole = weights.reduce((sum, weight) => sum + weight, 0n);
  let shared = weights;
  if (!whole) {
    shared = weights.map(() => 1n);
    whole = BigInt(weights.length);
  }
  const shares = shared.map((weight) => (total * weight) / whole);
  const left = shared.map((weight) => (total * weight) % whole);
  const missing = total - shares.reduce((sum, share) => sum + share, 0n);
  const byLoss = shares.map((_, i) => i).sort((a, b) => order(left[b], left[a]) || order(shared[b], shared[a]) || a - b);
  for (const i of byLoss.slice(0, Number(missing))) shares[i] += 1n;
  return shares;
}

export const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// As people write it: ₹1,23,456.00 in India, else by the page's language.
export function written(amount, { places, currency }, style = "currency") {
  const locale = currency === "INR" ? "en-IN" : document.documentElement.lang;
  const options = style === "currency" ? { style, currency } : { minimumFractionDigits: places };
  return new Intl.NumberFormat(locale, options).format(plain(amount, places));
}

// 2.000 as 2, 0.750 as 0.75.
export const quantityText = (milli) => plain(milli, 3).replace(/\.?0+$/, "");
