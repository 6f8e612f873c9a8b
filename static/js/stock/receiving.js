// Receiving with the camera: a code held before it is as good as a scanned one.
import { startCamera } from "./camera.js";

startCamera(document.querySelector("[data-camera]"), (code) => {
  navigator.vibrate?.(40);
  const box = document.getElementById("code");
  box.value = code;
  box.form.requestSubmit();
});
