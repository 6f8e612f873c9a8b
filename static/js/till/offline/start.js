// The till with a connection: it learns what it needs to sell without one, sends what waits, and goes over to the till
// without a connection when the line is down. Loaded once the till can be worked with.
import { box, till } from "../page.js";
import { ask } from "../queue.js";
import { got, keep, state, told, transact } from "./database.js";
import { learn } from "./learn.js";
import { goTo } from "./leave.js";
import { plain } from "./money.js";
import { send } from "./outbox.js";
import { askTerms, NoConnection, NotSignedIn } from "./server.js";
import "./waiting.js";

const EVERY = 3 * 60_000; // ms until prices are learnt again
let running = 0;

async function work() {
  try {
    await learn();
    await send();
  } catch (problem) {
    if (!(problem instanceof NoConnection || problem instanceof NotSignedIn)) throw problem;
  }
}

async function keepPage() {
  await navigator.serviceWorker.register(told.worker, { scope: told.scope, updateViaCache: "none" });
  const registration = await navigator.serviceWorker.ready;
  registration.active.postMessage({ keep: told.page });
}

// -- when the line is down ----------------------------------------------------------------------

const cartNow = () => ({
  cart: document.querySelector("[data-cart]")?.dataset.cart ?? "",
  lines: [...document.querySelectorAll(".line[data-goods]")].map((line) => ({
    product: line.dataset.goods,
    code: line.dataset.code,
    quantity: line.dataset.quantity,
    name: line.querySelector(".line-name").textContent.trim(),
  })),
});

async function goOffline(brought) {
  const isReady = (await state("ready")) && (await caches.match(told.page));
  if (!isReady) return;
  await keep("brought", brought);
  goTo(told.till);
}

document.addEventListener("htmx:beforeRequest", () => (running += 1));
document.addEventListener("htmx:afterRequest", () => (running -= 1));

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, ({ detail }) => {
    const { verb, path, parameters } = detail.requestConfig;
    if (verb === "post" && path.endsWith("/pay/")) return goOffline({ unsure: true });
    const brought = cartNow();
    if (path === box.form.getAttribute("action")) {
      if (parameters.product) brought.lines.push({ product: parameters.product, quantity: parameters.quantity ?? "", isScan: true });
      else brought.typed = parameters.code;
    }
    goOffline(brought);
  });
}

// The browser knows of a line that is down before anybody scans; a request that is on its way says so itself.
window.addEventListener("offline", async () => {
  try {
    await askTerms();
  } catch (problem) {
    if (problem instanceof NoConnection && !running) goOffline(cartNow());
  }
});

// -- when it is there again ---------------------------------------------------------------------

// What was being rung up without a connection goes into the cart of the server, in the place of what it came from.
async function bringBack() {
  const cart = await transact(["state"], "readwrite", async ({ state: kept }) => {
    const found = await got(kept.get("cart"));
    await got(kept.delete("cart"));
    await got(kept.delete("brought"));
    return found;
  });
  if (!cart?.lines.length) return;
  if (cart.from && cart.from === cartNow().cart) await ask("POST", `${told.till}carts/${cart.from}/drop/`);
  for (const line of cart.lines) {
    const values = new FormData();
    if (line.byPiece) values.set("code", line.scanned);
    else if (line.pack !== "1") values.set("code", line.code);
    else values.set("product", line.product);
    values.set("quantity", plain(line.quantity, 3));
    await ask("POST", box.form.getAttribute("action"), { values });
  }
}

till.dataset.offline = "";
bringBack();
keepPage();
work();
setInterval(work, EVERY);
window.addEventListener("online", work);
