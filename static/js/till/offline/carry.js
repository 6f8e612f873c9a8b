// The cart of the till as it was when the line went down comes along: what was in it is scanned again here, at the
// prices that this register knows.
import { into, refuse, take } from "./box.js";
import { asLine, byCode, byId } from "./goods.js";
import { change } from "./cart.js";
import { got, told, transact } from "./database.js";
import { notice } from "../page.js";
import { scaled } from "./money.js";
import { tellThem } from "./screen.js";

export async function takeAlong(terms) {
  const brought = await transact(["state"], "readwrite", async ({ state }) => {
    const found = await got(state.get("brought"));
    await got(state.delete("brought"));
    return found;
  });
  if (!brought) return;
  if (brought.unsure) return tellThem(told.unsure, "", { isAmber: true });
  const left = [];
  for (const line of brought.lines) if (!(await taken(line, terms))) left.push(line.name);
  await change(terms, (cart) => {
    cart.from = brought.cart || null;
  });
  if (left.length) tellThem("notCarried", left.join(", "));
  else if (brought.lines.length) tellThem("carried", "", { isAmber: true });
  const said = notice.firstChild;
  await take(brought.typed ?? "").catch(refuse);
  if (said && !notice.firstChild) notice.append(said);
}

async function taken({ product, code, quantity, isScan }, terms) {
  try {
    const line = code ? await byCode(code, terms) : asLine(await byId(product));
    if (!line) return false;
    await into(line, isScan && !quantity ? null : scaled(quantity, 3));
    return true;
  } catch {
    return false;
  }
}
