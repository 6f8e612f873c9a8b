// The parts of the page that several behaviours know.
export const till = document.querySelector("[data-till]");
export const box = document.querySelector("#code");
export const sheet = document.querySelector("#sheet");
export const found = document.querySelector("#found");
export const notice = document.querySelector("#notice");

// Chromium may give the box the focus without a caret when the field that had it is taken away; keys are lost then.
export function toBox() {
  if (document.activeElement === box) box.blur();
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
}

// A code with whatever quantity was typed before it.
export const QUANTITY = /^\s*\d+([.,]\d+)?\s*[*×]/;
