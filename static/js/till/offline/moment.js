// The shop's time: this device's clock, put right by what the server said last.
const ZONES = new Map();

export const now = (terms) => new Date(Date.now() + (terms?.skew ?? 0));

function parts(moment, zone) {
  if (!ZONES.has(zone)) {
    const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" };
    ZONES.set(zone, new Intl.DateTimeFormat("en-CA", { ...options, hour: "2-digit", minute: "2-digit" }));
  }
  return Object.fromEntries(ZONES.get(zone).formatToParts(moment).map(({ type, value }) => [type, value]));
}

// 2026-11-23, as documents are dated in the store.
export function day(moment, zone) {
  const { year, month, day: date } = parts(moment, zone);
  return `${year}-${month}-${date}`;
}

export function clock(moment, zone) {
  const { hour, minute } = parts(moment, zone);
  return `${hour}:${minute}`;
}

export function dayText(moment, zone) {
  const options = { timeZone: zone, day: "numeric", month: "short", year: "numeric" };
  return new Intl.DateTimeFormat("en-IN", options).format(moment);
}

// The calendar year in which the fiscal year of that day began.
export function fiscalYear(date, startMonth) {
  const [year, month] = date.split("-").map(Number);
  return month >= startMonth ? year : year - 1;
}

// A UUIDv7: its time first, so that ids are in the order of sales.
export function uuid7(moment) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = BigInt(moment.getTime());
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
