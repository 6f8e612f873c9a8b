// Asks the server for what the till without a connection needs. A sign-in that is missing is told apart from a line
// that is down: the first needs a person, the second only time.
import { told } from "./database.js";

const PATIENCE = 20_000; // ms

export class NoConnection extends Error {}
export class NotSignedIn extends Error {}

async function ask(address, options = {}) {
  let answer;
  try {
    const headers = { "HX-Request": "true", ...options.headers };
    answer = await fetch(address, { cache: "no-store", ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new NoConnection();
  }
  if (answer.status === 401 || answer.redirected || answer.headers.has("HX-Refresh")) throw new NotSignedIn();
  if (answer.status >= 500 || answer.status === 429) throw new NoConnection();
  try {
    return { status: answer.status, body: await answer.json() };
  } catch {
    throw new NoConnection(); // half an answer, or one of somebody in between
  }
}

export const askTerms = () => ask(told.terms);
export const askGoods = (from) => ask(`${told.goods}?from=${encodeURIComponent(from)}`);

export function sendBill(bill, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  return ask(told.bills, { method: "POST", body: JSON.stringify(bill), headers });
}
