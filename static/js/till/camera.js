// Reads codes from the camera, or from a picture of one, and puts them into the cart one by one.
import { makeReader } from "../camera/reader.js";
import { click, low } from "./sounds.js";

const form = document.querySelector("form[data-camera]");
const video = form.querySelector("video");
const said = form.querySelector("[data-said]");
const AGAIN_AFTER = 2000; // ms until the same code counts as another scan
const PAUSE = 150; // ms between two looks

let lastCode = "";
let lastAt = 0;

async function take(code) {
  if (code === lastCode && performance.now() - lastAt < AGAIN_AFTER) return;
  [lastCode, lastAt] = [code, performance.now()];
  const values = new FormData(form);
  values.set("code", code);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: values, headers: { "HX-Request": "true" } });
  if (answer.headers.get("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const sentence = page.querySelector(answer.ok ? "#said" : "p, h2") ?? page.body;
  said.textContent = sentence.textContent.trim();
  lastAt = performance.now();
  if (answer.ok) click();
  else low();
}

const reader = makeReader({ script: form.dataset.script, wasm: form.dataset.wasm });

async function look() {
  const read = await reader;
  const codes = await read(video);
  if (codes.length) await take(codes[0]);
  setTimeout(look, PAUSE);
}

async function start() {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    look();
  } catch {
    said.textContent = form.dataset.refused;
  }
}

form.querySelector("#picture").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  const read = await reader;
  const codes = await read(await createImageBitmap(file));
  event.target.value = "";
  if (codes.length) await take(codes[0]);
  else said.textContent = form.dataset.none;
});

start();
