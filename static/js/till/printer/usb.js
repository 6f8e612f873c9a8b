// A receipt printer on USB, by WebUSB.
import { printer, remember } from "./settings.js";

const PRINTERS = 7; // USB's class of printers
const MAKERS_OWN = 255; // which some receipt printers say they are

export const isPossible = () => "usb" in navigator;

export async function choose() {
  const device = await navigator.usb.requestDevice({ filters: [{ classCode: PRINTERS }, { classCode: MAKERS_OWN }] });
  const { vendorId, productId, serialNumber } = device;
  remember({ vendorId, productId, serialNumber, name: device.productName || "USB" });
}

export async function send(bytes) {
  const device = await chosen();
  await device.open();
  try {
    if (!device.configuration) await device.selectConfiguration(1);
    const { number, endpoint } = wayIn(device);
    await device.claimInterface(number);
    const { status } = await device.transferOut(endpoint, bytes);
    if (status !== "ok") throw new Error(status);
  } finally {
    await device.close(); // another window may print too
  }
}

async function chosen() {
  const { vendorId, productId, serialNumber } = printer();
  const isIt = (device) =>
    device.vendorId === vendorId && device.productId === productId && device.serialNumber === serialNumber;
  const device = (await navigator.usb.getDevices()).find(isIt);
  if (!device) throw new Error("not plugged in");
  return device;
}

// The printer's interface, or else any that takes bytes in bulk.
function wayIn(device) {
  const ways = [];
  for (const { interfaceNumber, alternate } of device.configuration.interfaces) {
    const out = alternate.endpoints.find(({ direction, type }) => direction === "out" && type === "bulk");
    if (out) ways.push({ number: interfaceNumber, endpoint: out.endpointNumber, kind: alternate.interfaceClass });
  }
  const way = ways.find(({ kind }) => kind === PRINTERS) ?? ways[0];
  if (!way) throw new Error("no printer");
  return way;
}
