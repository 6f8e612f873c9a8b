// Sends what waits, in the order of its numbers and from one window only. A bill leaves the queue when the server has
// named its id, and not before: an answer that was lost is asked for again, and the server gives the same bill back.
import { got, keep, state, tell, told, transact, waiting } from "./database.js";
import { learnTerms } from "./learn.js";
import { NoConnection, NotSignedIn, sendBill } from "./server.js";

// What keeps the queue from going on; whoever looks at the till has to do something. {kind, number, sentence}
const stopAt = (stop) => keep("stop", stop);

export const send = () => navigator.locks.request(`${told.database} send`, { ifAvailable: true }, (lock) => lock && sendAll());

async function sendAll() {
  let bills = await waiting();
  if (!bills.length) return;
  try {
    const { token } = await learnTerms();
    while (bills.length) {
      for (const { key, bill } of bills) {
        if (bill.refused) continue;
        const stop = await sendOne(key, bill, token);
        tell();
        if (stop) return;
      }
      const rest = await waiting();
      if (rest.every(({ bill }) => bill.refused)) break;
      bills = rest;
    }
    const refused = (await waiting()).find(({ bill }) => bill.refused);
    await stopAt(refused ? { kind: "refused", number: refused.bill.number, sentence: refused.bill.refused } : null);
  } catch (problem) {
    if (problem instanceof NotSignedIn) await stopAt({ kind: "signIn" });
    else if (!(problem instanceof NoConnection)) throw problem;
  } finally {
    tell();
  }
}

// True where the ones after it have to wait.
async function sendOne(key, bill, token) {
  const { status, body } = await sendBill(bill.sent, token);
  if ((status === 201 || status === 200) && body.id === bill.sent.id) {
    await taken(key, bill, body);
    return false;
  }
  const kind = { offline_gap: "gap", shift_not_open: "noShift", not_paired: "unpaired", forbidden: "signIn" }[body.code];
  if (kind) {
    await stopAt({ kind, number: bill.number });
    return true;
  }
  if (status < 400) throw new NoConnection(); // an answer, but not to this bill
  await transact(["queue"], "readwrite", ({ queue }) => got(queue.put({ ...bill, refused: body.detail, told: body.told }, key)));
  await stopAt({ kind: "refused", number: bill.number, sentence: body.detail });
  return false;
}

async function taken(key, bill, body) {
  await transact(["queue", "state"], "readwrite", async ({ queue, state: kept }) => {
    await got(queue.delete(key));
    const remarks = (await got(kept.get("remarks"))) ?? [];
    if (body.number !== bill.number) {
      remarks.push({ kind: body.paired ? "renumbered" : "cloned", number: bill.number, sentence: body.number });
    }
    if (!body.paired) await got(kept.put(false, "ready"));
    if (!body.as_printed) remarks.push({ kind: "total", number: bill.number });
    await got(kept.put(remarks, "remarks"));
    await got(kept.put(null, "stop"));
  });
}

// -- what a person decides --------------------------------------------------------------------

// Every bill that waits takes what number it can get; the printed one stays on it.
export async function renumberAll() {
  await transact(["queue"], "readwrite", async ({ queue }) => {
    const [keys, bills] = await Promise.all([got(queue.getAllKeys()), got(queue.getAll())]);
    await Promise.all(bills.map((bill, i) => got(queue.put({ ...bill, sent: { ...bill.sent, renumber: true } }, keys[i]))));
  });
  return send();
}

// The server keeps all of a refused bill for the owner; only then may it leave this device.
export async function leaveRefused() {
  for (const { key, bill } of await waiting()) {
    if (bill.refused && bill.told) await transact(["queue"], "readwrite", ({ queue }) => got(queue.delete(key)));
  }
  await stopAt(null);
  return send();
}

export async function tryAgain() {
  await transact(["queue"], "readwrite", async ({ queue }) => {
    const [keys, bills] = await Promise.all([got(queue.getAllKeys()), got(queue.getAll())]);
    await Promise.all(bills.map((bill, i) => got(queue.put({ ...bill, refused: undefined }, keys[i]))));
  });
  await stopAt(null);
  return send();
}

export const remarks = () => state("remarks");
export const understood = () => keep("remarks", []);
