// A receipt printer on a serial port, or on Bluetooth's, by Web Serial.
import { printer, remember } from "./settings.js";

const USUAL = 9600; // baud

export const isPossible = () => "serial" in navigator;

export async function choose() {
  const port = await navigator.serial.requestPort();
  const { usbVendorId, usbProductId } = port.getInfo();
  remember({ usbVendorId, usbProductId, name: usbVendorId ? `USB ${usbVendorId}:${usbProductId}` : "COM" });
}

export async function send(bytes) {
  const port = await chosen();
  await port.open({ baudRate: Number(printer().baud ?? USUAL) });
  const writer = port.writable.getWriter();
  try {
    await writer.write(bytes);
  } finally {
    writer.releaseLock();
    await port.close();
  }
}

async function chosen() {
  const { usbVendorId, usbProductId } = printer();
  const isIt = (port) => {
    const info = port.getInfo();
    return info.usbVendorId === usbVendorId && info.usbProductId === usbProductId;
  };
  const port = (await navigator.serial.getPorts()).find(isIt);
  if (!port) throw new Error("not allowed yet");
  return port;
}
