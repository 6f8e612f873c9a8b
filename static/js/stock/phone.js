// Pages for staff with a phone: refusals are shown like answers, a choice is a scan, the camera is one too.
import { startCamera } from "./camera.js";

const REFUSED = 422;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== REFUSED) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  navigator.vibrate?.([80, 40, 80]);
});

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-code]");
  if (choice) enter(choice.dataset.code);
});

/** As if the code had been typed and entered. */
function enter(code) {
  const box = document.getElementById("code");
  box.value = code;
  box.form.requestSubmit(box.form.querySelector('button[value="scan"]'));
}

startCamera(document.querySelector("[data-camera]"), (code) => {
  navigator.vibrate?.(40);
  enter(code);
});
