// Bytes to the printer that is set, one job after the other. A printer that keeps silent has failed.
import * as serial from "./serial.js";
import { printer } from "./settings.js";
import * as usb from "./usb.js";

const PATIENCE = 8000; // ms

export const ways = { usb, serial };

let last = Promise.resolve();

export function send(bytes) {
  const sent = last.then(() => inTime(ways[printer().way].send(bytes)));
  last = sent.catch(() => {});
  return sent;
}

function inTime(job) {
  const tooLong = new Promise((_, fail) => setTimeout(() => fail(new Error("silent")), PATIENCE));
  return Promise.race([job, tooLong]);
}

export async function bytesFrom(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
}
