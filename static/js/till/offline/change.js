// Changes of the cart by its buttons and their keys: one more, one less, out, all of it away.
import { toBox } from "../page.js";
import { sure } from "../sure.js";
import { inTurn } from "./box.js";
import { change, set } from "./cart.js";
import { show, tellThem } from "./screen.js";

export function serve(terms) {
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-by]");
    const out = event.target.closest("[data-take-out]");
    const ref = event.target.closest(".line")?.dataset.ref;
    if (step) inTurn(() => byOne(terms, ref, BigInt(step.dataset.by)));
    if (out) inTurn(() => to(terms, ref, () => 0n));
    const drop = event.target.closest("[data-drop]");
    if (drop) sure(drop.dataset.question).then((yes) => yes && inTurn(() => all(terms)));
  });
}

const byOne = (terms, ref, step) => to(terms, ref, (quantity) => quantity + step * 1000n);

async function to(terms, ref, work) {
  await change(terms, (cart) => {
    const line = cart.lines.find((each) => each.ref === ref);
    if (line) set(cart, ref, work(line.quantity));
  });
  tellThem();
  await show(terms, ref);
}

async function all(terms) {
  await change(terms, (cart) => {
    cart.lines = [];
  });
  await show(terms);
  toBox();
}
