// The cart that is rung up without a connection. It is kept with every change, so that a reload loses nothing.
import { got, tell, transact } from "./database.js";
import { scaled } from "./money.js";
import { now, uuid7 } from "./moment.js";

const MOST_LINES = 999;
const LARGEST = 99_999_999_999n; // thousandths

export class Refused extends Error {
  constructor(sentence, what = "") {
    super(sentence);
    this.what = what;
  }
}

// The id of a cart becomes that of its bill.
const empty = (terms) => ({ id: uuid7(now(terms)), lines: [], from: null });

export async function change(terms, work) {
  const cart = await transact(["state"], "readwrite", async ({ state }) => {
    const kept = (await got(state.get("cart"))) ?? empty(terms);
    work(kept);
    kept.stamp = crypto.randomUUID();
    await got(state.put(kept, "cart"));
    return kept;
  });
  tell();
  return cart;
}

export const read = (terms) =>
  transact(["state"], "readonly", async ({ state }) => (await got(state.get("cart"))) ?? empty(terms));

// The same thing again goes onto its line.
export function add(cart, line, quantity) {
  if (line.price === null) throw new Refused("noPrice", line.name);
  const known = cart.lines.findIndex((other) => isSame(other, line));
  const before = known < 0 ? 0n : cart.lines[known].quantity;
  const added = { ...line, ref: crypto.randomUUID(), quantity: valid(line, before + quantity) };
  if (known >= 0) cart.lines.splice(known, 1);
  else if (cart.lines.length >= MOST_LINES) throw new Refused("full");
  cart.lines.push(added);
}

export function set(cart, ref, quantity) {
  const line = cart.lines.find((each) => each.ref === ref);
  if (!line) return;
  if (quantity > 0n) line.quantity = valid(line, quantity);
  else cart.lines.splice(cart.lines.indexOf(line), 1);
}

// Thousandths; whole pieces of what is not weighed.
function valid(line, quantity) {
  if (quantity <= 0n || quantity > LARGEST) throw new Refused("tooMuch", line.name);
  if (!line.weighed && quantity % 1000n) throw new Refused("byPiece", line.name);
  return quantity;
}

const isSame = (a, b) => ["product", "code", "price", "pack", "byPiece"].every((name) => a[name] === b[name]);

// What a person typed as a quantity, in thousandths; null for what is none.
export const typedQuantity = (text) => scaled(text, 3);
