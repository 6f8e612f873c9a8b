// One request after the other, in the order in which they were asked for: a scan is never lost or overtaken.
import { till } from "./page.js";

let last = Promise.resolve();
let status = 0;

// Answers true once this request has been answered well and shown, false for a refusal.
export function ask(verb, path, { values, target = "#cart" } = {}) {
  const swap = target === "#sheet" ? "innerHTML show:none" : "innerHTML";
  const asked = last.then(async () => {
    status = 0;
    await window.htmx.ajax(verb, path, { source: till, values, target, swap });
    return status >= 200 && status < 400;
  });
  last = asked.catch(() => {});
  return asked.catch(() => false);
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  status = detail.xhr?.status ?? 0;
});
