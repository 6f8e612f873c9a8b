// The scan box has the focus, always: after each answer, after a click, when the window comes back, and when somebody types.
import { toBox } from "./page.js";

const isFree = () => !document.querySelector("dialog[open]");
const takesText = (element) => element?.matches?.("input, select, textarea, [contenteditable]");

const back = () => {
  if (isFree() && !takesText(document.activeElement)) toBox();
};

document.addEventListener("htmx:afterSettle", back);
document.addEventListener("click", (event) => {
  if (!event.target.closest("a, summary, [data-menu]")) back();
});
window.addEventListener("focus", back);

document.addEventListener(
  "keydown",
  (event) => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isText && event.key !== " ") back();
  },
  true,
);
