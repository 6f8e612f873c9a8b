// The phone's camera as a scanner, where the browser can read codes.
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "itf", "code_128", "qr_code", "data_matrix"];
const LOOK_EVERY = 150; // milliseconds
const SAME_CODE_AFTER = 1500; // the same code again is a second piece only after this long

/** Shows the camera's box where there is one to be had; `found` gets each code that is held before it. */
export async function startCamera(box, found) {
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const known = await window.BarcodeDetector.getSupportedFormats();
  const formats = FORMATS.filter((format) => known.includes(format));
  if (!formats.length) return;
  const camera = new Camera(box, new window.BarcodeDetector({ formats }), found);
  box.hidden = false;
  camera.button.addEventListener("click", () => camera.turn());
}

class Camera {
  constructor(box, detector, found) {
    this.video = box.querySelector("video");
    this.button = box.querySelector("[data-camera-switch]");
    this.detector = detector;
    this.found = found;
    this.stream = null;
    this.last = { code: "", at: 0 };
  }

  async turn() {
    await (this.stream ? this.stop() : this.start());
    this.video.toggleAttribute("data-running", Boolean(this.stream));
    this.button.textContent = this.stream ? this.button.dataset.on : this.button.dataset.off;
  }

  async start() {
    this.stream = await navigator.mediaDevices
      .getUserMedia({ video: { facingMode: "environment" } })
      .catch(() => null);
    if (!this.stream) return;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  stop() {
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = null;
  }

  async look() {
    if (!this.stream) return;
    const [seen] = await this.detector.detect(this.video).catch(() => []);
    if (seen && !this.isRepeat(seen.rawValue)) this.found(seen.rawValue);
    setTimeout(() => this.look(), LOOK_EVERY);
  }

  isRepeat(code) {
    const now = Date.now();
    const repeat = code === this.last.code && now - this.last.at < SAME_CODE_AFTER;
    this.last = { code, at: now };
    return repeat;
  }
}
