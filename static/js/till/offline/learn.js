// Learns from the server what this register needs to sell without it: terms at once, goods page by page.
import { got, keep, state, told, transact } from "./database.js";
import { kept } from "./goods.js";
import { askGoods, askTerms, NotSignedIn } from "./server.js";

const ALL_AGAIN_AFTER = 12 * 3600 * 1000; // ms; lots come and go, and with them the MRPs on their packs
const PAUSE = 200; // ms between two pages, so that the till stays quick

// Answers the terms with a token for sending; no terms where the register is not this device's any more.
export async function learnTerms() {
  const before = await state("counter");
  const asked = Date.now();
  const { status, body } = await askTerms();
  if (status === 409) {
    await keep("ready", false);
    return { terms: null, token: body.token };
  }
  if (status !== 200) throw new NotSignedIn(body.detail); // whoever is signed in may not sell here
  const skew = Date.parse(body.now) - (asked + Date.now()) / 2;
  const terms = { ...body.terms, rules: body.rules, skew };
  await transact(["state", "queue"], "readwrite", async ({ state: kept, queue }) => {
    await got(kept.put(terms, "terms"));
    await got(kept.put(body.cashier, "cashier"));
    await count(kept, queue, before, terms);
  });
  return { terms, token: body.token };
}

// While nothing waits the books say which number is next; the count goes on by itself otherwise.
async function count(kept, queue, before, terms) {
  const counter = await got(kept.get("counter"));
  const hasMoved = (counter?.made ?? 0) !== (before?.made ?? 0);
  if (counter && (hasMoved || (await got(queue.count())))) return;
  await got(kept.put({ made: counter?.made ?? 0, next: terms.next }, "counter"));
}

// In one window of the till at a time; whoever comes second leaves it to the first.
export const learn = () => navigator.locks.request(`${told.database} learn`, { ifAvailable: true }, (lock) => lock && goods());

async function goods() {
  const learnt = await learnTerms();
  if (!learnt.terms) return;
  let reading = (await state("reading")) ?? {};
  const isOld = Date.now() - (reading.begun ?? 0) > ALL_AGAIN_AFTER;
  if (isOld || reading.rules !== learnt.terms.rules) reading = { begun: Date.now(), rules: learnt.terms.rules, from: "" };
  let more = true;
  while (more) {
    const { status, body } = await askGoods(reading.from);
    if (status !== 200) return status === 400 ? keep("reading", {}) : undefined;
    const wasOfAll = !reading.from || reading.from.startsWith("all");
    reading = { ...reading, from: body.next };
    more = body.more;
    await put(body, reading, wasOfAll && !body.next.startsWith("all"));
    if (more) await new Promise((go) => setTimeout(go, PAUSE));
  }
}

// `isWhole`: all goods have been read; what was not among them is gone.
function put({ goods: told, gone }, reading, isWhole) {
  return transact(["goods", "state"], "readwrite", async ({ goods: stored, state: kept_ }) => {
    for (const product of told) stored.put(kept(product, reading.begun));
    for (const id of gone) stored.delete(id);
    if (isWhole) {
      await sweep(stored, reading.begun);
      kept_.put(true, "ready");
    }
    await got(kept_.put(reading, "reading"));
  });
}

function sweep(stored, generation) {
  return new Promise((resolve, reject) => {
    const asked = stored.openCursor();
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return resolve();
      if (cursor.value.generation !== generation) cursor.delete();
      cursor.continue();
    };
  });
}
