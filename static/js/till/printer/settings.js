// Which printer stands beside this device: `way` is page, usb or serial; the others say how it is set and found again.
const KEY = "till-printer";
const UNSET = { way: "page" };

export function printer() {
  try {
    return { ...UNSET, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return UNSET;
  }
}

export const isDirect = () => printer().way !== "page";

export function remember(changes) {
  localStorage.setItem(KEY, JSON.stringify({ ...printer(), ...changes }));
}

// What the server is to know for its bytes; where nothing is chosen it takes the register's own.
export function asQuery({ paper = "", codePage = "" } = printer()) {
  return new URLSearchParams({ paper, code_page: codePage });
}
