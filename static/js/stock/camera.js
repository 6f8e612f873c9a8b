// The phone's camera as a scanner. Where it may not be used, a picture of the code does.
import { makeReader } from "../camera/reader.js";

const LOOK_EVERY = 150; // milliseconds
const SAME_CODE_AFTER = 1500; // the same code again is a second piece only after this long

/** Brings the box of the camera to life; `found` gets each code that is held before it. */
export function startCamera(box, found) {
  if (!box) return;
  const camera = new Camera(box, found);
  camera.button.addEventListener("click", () => camera.turn());
  camera.picture.addEventListener("change", () => camera.readPicture());
}

class Camera {
  constructor(box, found) {
    this.box = box;
    this.video = box.querySelector("video");
    this.button = box.querySelector("[data-camera-switch]");
    this.picture = box.querySelector('input[type="file"]');
    this.said = box.querySelector("[data-camera-said]");
    this.found = found;
    this.stream = null;
    this.last = { code: "", at: 0 };
  }

  /** Made when it is first needed: where the browser has none of its own it takes a while to come. */
  get reader() {
    this.making ??= makeReader({ script: this.box.dataset.script, wasm: this.box.dataset.wasm });
    return this.making;
  }

  async turn() {
    await (this.stream ? this.stop() : this.start());
    this.video.toggleAttribute("data-running", Boolean(this.stream));
    this.button.textContent = this.stream ? this.button.dataset.on : this.button.dataset.off;
  }

  async start() {
    const wanted = { video: { facingMode: "environment" } };
    this.stream = (await navigator.mediaDevices?.getUserMedia(wanted).catch(() => null)) ?? null;
    if (!this.stream) {
      this.box.toggleAttribute("data-by-picture", true);
      this.said.textContent = this.box.dataset.refused;
      return;
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  stop() {
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = null;
  }

  async look() {
    const read = await this.reader;
    if (!this.stream) return;
    const [code] = await read(this.video).catch(() => []);
    if (code && !this.isRepeat(code)) this.found(code);
    setTimeout(() => this.look(), LOOK_EVERY);
  }

  async readPicture() {
    const [file] = this.picture.files;
    if (!file) return;
    const read = await this.reader;
    const [code] = await read(await createImageBitmap(file)).catch(() => []);
    this.picture.value = "";
    this.said.textContent = code ? "" : this.box.dataset.none;
    if (code) this.found(code);
  }

  isRepeat(code) {
    const now = Date.now();
    const repeat = code === this.last.code && now - this.last.at < SAME_CODE_AFTER;
    this.last = { code, at: now };
    return repeat;
  }
}
