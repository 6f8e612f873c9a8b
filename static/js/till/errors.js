// A refusal is shown where the eye is: in the open sheet, else under the scan box. One that asks something is a sheet.
import { notice, sheet, till } from "./page.js";
import { click, low } from "./sounds.js";

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 400) {
    if (detail.requestConfig.verb === "post") click();
    return;
  }
  const type = detail.xhr.getResponseHeader("content-type") ?? "";
  if (!type.startsWith("text/html") || !detail.serverResponse) return;
  detail.shouldSwap = true;
  detail.isError = false;
  detail.swapOverride = "innerHTML";
  detail.target = detail.serverResponse.includes("data-asks") ? sheet : (sheet.open && sheet.querySelector("[data-notice]")) || notice;
  low();
});

document.addEventListener("htmx:sendError", () => {
  const said = document.createElement("p");
  said.textContent = till.dataset.offlineSentence;
  const around = document.createElement("div");
  around.className = "notice is-amber";
  around.append(said);
  notice.replaceChildren(around);
  low();
});
