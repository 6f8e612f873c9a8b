// Looks for the connection. Once it is there, what waits is sent, and the till goes on as usual with the next customer.
import { state, told, waiting } from "./database.js";
import { goTo } from "./leave.js";
import { remarks, send } from "./outbox.js";
import { askTerms, NotSignedIn } from "./server.js";

const EVERY = 10_000; // ms

export async function look() {
  try {
    await askTerms();
  } catch (problem) {
    if (problem instanceof NotSignedIn) await send();
    return;
  }
  await send();
  const cart = await state("cart");
  const isAtWork = document.querySelector("dialog[open]") || cart?.lines.length || document.querySelector("#code").value;
  const isDone = !(await waiting()).length || (await state("stop"));
  const isTold = !(await remarks())?.length; // a till that has lost its pairing could not tell it any more
  if (!isAtWork && isDone && isTold) goTo(told.till);
}

setInterval(look, EVERY);
window.addEventListener("online", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
