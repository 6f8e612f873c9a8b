// Tells the customer's display beside this page that something has changed, and the server when a code to pay by is shown.
import { sheet, till } from "./page.js";

const channel = new BroadcastChannel(`till-${till.dataset.channel}`);
let shownAt = ""; // the address to which the showing of a code is told

const tell = () => channel.postMessage("changed");

function show(address, isShown) {
  shownAt = isShown ? address : "";
  const values = new FormData();
  values.set("shown", isShown ? "yes" : "");
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  fetch(address, { method: "POST", body: values, headers, keepalive: true }).then(tell, tell);
}

function hide() {
  if (shownAt) show(shownAt, false);
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const code = detail.target === sheet && sheet.querySelector("[data-code-shown]");
  if (code) return show(code.dataset.codeShown, true);
  if (sheet.querySelector("[data-paid]")) shownAt = "";
  tell();
});

sheet.addEventListener("close", hide);
window.addEventListener("pagehide", hide);

// Its own window, to be moved to the customer's screen; where windows are not allowed the link opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-own-window]");
  if (!link || !window.open(link.href, link.target, "popup,width=1024,height=768")) return;
  event.preventDefault();
  link.closest("dialog")?.close();
});
