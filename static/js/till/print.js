// Receipts go to the printer beside this device, or else through the browser, from a frame, so that the till stays.
import { bytesFrom, send } from "./printer/send.js";
import { asQuery, isDirect } from "./printer/settings.js";
import { notice, sheet } from "./page.js";
import { setting } from "./settings.js";

const frame = document.querySelector("#paper");

export async function print({ paid, bytes }) {
  if (!isDirect()) return onPage(paid);
  try {
    await send(await bytesFrom(`${bytes}?${asQuery()}`));
  } catch {
    say(frame.dataset.notPrinted);
    onPage(paid);
  }
}

function onPage(address) {
  frame.addEventListener("load", () => frame.contentWindow.print(), { once: true });
  frame.src = address;
}

function say(sentence) {
  const said = document.createElement("p");
  said.className = "notice is-amber";
  said.textContent = sentence;
  ((sheet.open && sheet.querySelector("[data-notice]")) || notice).replaceChildren(said);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  const paid = sheet.querySelector("[data-paid]");
  if (paid) print(paid.dataset);
});

// Once an answer; it is swapped in part by part. Where cash goes in or out it brings the pulse that opens the drawer.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const pulse = detail.xhr?.getResponseHeader("x-drawer");
  if (pulse && isDirect()) open(pulse);
  const paid = detail.target === sheet && sheet.querySelector("[data-paid]:not([data-quiet])");
  if (paid && setting("print")) print(paid.dataset);
});

function open(pulse) {
  const bytes = Uint8Array.from(atob(pulse), (letter) => letter.charCodeAt(0));
  send(bytes).catch(() => say(frame.dataset.notOpened));
}
