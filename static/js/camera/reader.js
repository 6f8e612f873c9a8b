// Reads codes in pictures: with the browser's own reader where it knows ours, elsewhere with ZXing as WebAssembly.
const NEEDED = ["ean_13", "ean_8", "code_128", "qr_code", "data_matrix"];
const LARGEST = 1280; // pixels; more only takes longer

/** A function that gives the texts of the codes in a picture or video. `zxing`: the addresses of its script and wasm. */
export async function makeReader(zxing) {
  return (await ownReader()) ?? (await zxingReader(zxing));
}

async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const known = await window.BarcodeDetector.getSupportedFormats();
  if (!NEEDED.every((format) => known.includes(format))) return null;
  const detector = new window.BarcodeDetector();
  return async (picture) => (await detector.detect(picture)).map((code) => code.rawValue);
}

async function zxingReader({ script, wasm }) {
  await load(script);
  window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return async (picture) => {
    const codes = await window.ZXingWASM.readBarcodes(pixelsOf(picture), { maxNumberOfSymbols: 1 });
    return codes.filter((code) => code.isValid).map((code) => code.text);
  };
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${address} did not come`)));
    script.src = address;
    document.head.append(script);
  });
}

function pixelsOf(picture) {
  const [width, height] = [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height];
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
