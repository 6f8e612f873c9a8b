// A control says in data-key by which keys it is pressed. The open dialog comes first, then the current line, then the page.
import { box, found } from "./page.js";

const NEEDS_EMPTY_BOX = new Set(["+", "-", "Delete", "Shift+Delete", "Enter", "?"]);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  const dialog = document.querySelector("dialog[open]");
  if (!dialog && NEEDS_EMPTY_BOX.has(name) && !mayStealFromBox()) return;
  if (dialog && name === "Enter" && document.activeElement?.matches("button, a")) return;
  const control = controlFor(name, dialog);
  if (!control) return;
  event.preventDefault();
  if (!control.disabled) control.click();
});

function nameOf(event) {
  if (event.ctrlKey) return `Control+${event.key.toLowerCase()}`;
  if (event.altKey) return `Alt+${event.key.toLowerCase()}`;
  if (event.shiftKey && event.key === "Delete") return "Shift+Delete";
  return event.key;
}

// A key that is also text belongs to the box while something is in it.
function mayStealFromBox() {
  const active = document.activeElement;
  if (active === box) return box.value === "" && found.childElementCount === 0;
  return active === document.body;
}

function controlFor(name, dialog) {
  const scopes = dialog ? [dialog] : [document.querySelector(".line[aria-current]"), document.body];
  for (const scope of scopes) {
    for (const control of scope?.querySelectorAll("[data-key]") ?? []) {
      const isHere = dialog || (!control.closest("dialog") && (scope !== document.body || !control.closest(".line")));
      if (isHere && control.dataset.key.split(" ").includes(name)) return control;
    }
  }
  return null;
}
