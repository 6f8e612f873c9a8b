// A paid cart becomes a bill with its final number: the number is counted on, the bill put into the queue and the cart
// emptied in one transaction of the browser's database, so that no number is used twice, in no window, and none is lost.
import { Refused } from "./cart.js";
import { got, tell, transact } from "./database.js";
import { plain } from "./money.js";
import { day, fiscalYear, now } from "./moment.js";
import { priced, rateOf } from "./terms.js";

// `payment`: {method, tendered and change in the smallest coin, reference}. Answers the bill as paper and queue know it.
export async function makeBill(cart, payment, terms, cashier) {
  const moment = now(terms);
  const figures = priced(cart, terms, moment);
  const date = day(moment, terms.time_zone);
  const year = fiscalYear(date, terms.fiscal_year_start);
  const count = async ({ state, queue }) => {
    const kept = await got(state.get("cart"));
    if (!(await got(state.get("ready")))) throw new Refused("unpaired");
    if (!kept || kept.stamp !== cart.stamp) throw new Refused("elsewhere");
    const counter = (await got(state.get("counter"))) ?? { made: 0, next: {} };
    const sequence = counter.next[year] ?? 1;
    const number = `${terms.prefix}-${String(year % 100).padStart(2, "0")}-${String(sequence).padStart(7, "0")}`;
    const made = {
      number,
      date,
      cashier: cashier.name,
      lines: cart.lines,
      figures,
      payment,
      sent: paper(cart, figures, payment, terms, { moment, date, sequence, cashier }),
    };
    await got(queue.add(made));
    await got(state.put({ made: counter.made + 1, next: { ...counter.next, [year]: sequence + 1 } }, "counter"));
    await got(state.delete("cart"));
    await got(state.put(made, "last"));
    return made;
  };
  const bill = await transact(["state", "queue"], "readwrite", count, "strict");
  tell();
  return bill;
}

// What the server is sent.
function paper(cart, figures, payment, terms, { moment, date, sequence, cashier }) {
  const money = (amount) => plain(amount, terms.places);
  const { method, tendered, reference } = payment;
  return {
    id: cart.id,
    device: terms.device,
    sequence,
    occurred_at: moment.toISOString(),
    total: money(figures.total),
    cashier: cashier.id,
    cart: cart.from,
    lines: cart.lines.map((line) => {
      const { rate, cess } = rateOf(line, terms, date);
      const { product, price, pack, code } = line;
      return { product, quantity: plain(line.quantity, 3), price, rate, cess, pack, code, by_piece: line.byPiece };
    }),
    payment: tendered === null ? { method, reference } : { method, tendered: money(tendered) },
  };
}
