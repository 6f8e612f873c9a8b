// From a cart to amounts, figure by figure as billing/pricing.py works them out: tax once for each rate on the sum at
// that rate, shared out over the lines by largest remainder, then the rounding of what is to be paid.
import { allocate, halfUp, order, scaled } from "./money.js";

const FINE = 6; // places of rates and of rounding steps
const HUNDRED = 100n * 10n ** BigInt(FINE);

// Lines: {key, quantity in thousandths, price in the smallest coin, parts: [[name, percent as text]]}.
// Terms: {places, includesTax, step as text}.
export function priceCart(lines, { places, includesTax, step }) {
  const priced = lines.map((line) => ({ gross: halfUp(line.quantity * line.price, 1000n), taxes: [] }));
  // Shares are dealt out in an order that belongs to the lines themselves, not to who was scanned first.
  const ranked = lines.map((_, i) => i).sort((a, b) => byRank(lines[a], lines[b]) || a - b);
  const taxes = [];
  for (const group of groups(ranked, lines)) {
    taxes.push(...taxGroup(lines[group[0]].parts, group.map((i) => priced[i]), includesTax));
  }
  for (const line of priced) {
    line.tax = sum(line.taxes.map((tax) => tax.amount));
    line.total = line.taxable + line.tax;
  }
  const exact = sum(priced.map((line) => line.total));
  const total = toStep(exact, step, places);
  return {
    lines: priced,
    taxes,
    subtotal: sum(priced.map((line) => line.gross)),
    taxable: sum(priced.map((line) => line.taxable)),
    tax: sum(priced.map((line) => line.tax)),
    roundOff: total - exact,
    total,
  };
}

const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0n);

const byRank = (a, b) =>
  order(a.key, b.key) || order(a.quantity, b.quantity) || order(a.price, b.price) || byParts(a.parts, b.parts);

function byParts(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const found = order(a[i][0], b[i][0]) || order(scaled(a[i][1], FINE), scaled(b[i][1], FINE));
    if (found) return found;
  }
  return a.length - b.length;
}

// Lines of the same components, each group in the order of its lines.
function groups(ranked, lines) {
  const found = [];
  for (const i of ranked) {
    const known = found.find((group) => byParts(lines[group[0]].parts, lines[i].parts) === 0);
    if (known) known.push(i);
    else found.push([i]);
  }
  return found.sort((a, b) => byParts(lines[a[0]].parts, lines[b[0]].parts));
}

function taxGroup(parts, group, includesTax) {
  const nets = group.map((line) => line.gross);
  const base = sum(nets);
  const rates = parts.map(([, rate]) => scaled(rate, FINE));
  const whole = includesTax ? HUNDRED + sum(rates) : HUNDRED;
  const amounts = rates.map((rate) => halfUp(base * rate, whole));
  parts.forEach(([name, rate], n) => {
    allocate(amounts[n], nets).forEach((amount, i) => group[i].taxes.push({ name, rate, amount }));
  });
  for (const line of group) {
    line.taxable = includesTax ? line.gross - sum(line.taxes.map((tax) => tax.amount)) : line.gross;
  }
  const taxable = sum(group.map((line) => line.taxable));
  return parts.map(([name, rate], n) => ({ name, rate, amount: amounts[n], taxable }));
}

// The payable amount that coins of `step` can make; "0" means no rounding.
function toStep(amount, step, places) {
  const fine = 10n ** BigInt(FINE - places);
  const coin = scaled(step, FINE);
  return coin ? halfUp(halfUp(amount * fine, coin) * coin, fine) : amount;
}
