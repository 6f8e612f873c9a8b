// A scanner types a code in a few milliseconds and presses Enter. Wherever the focus is, that goes to the scan box.
import { box, sheet, QUANTITY } from "./page.js";

const FASTEST_FINGERS = 35; // ms between two keys on the average; scanners take 1 to 20
const LONGEST_STUTTER = 120; // ms between two keys of one code, where the device is busy
const SHORTEST = 6;
const SEPARATOR = "\u001d"; // GS1's, which scanners send as Ctrl+]

let burst = "";
let firstAt = 0;
let lastAt = 0;
let field = null;
let before = "";

document.addEventListener(
  "keydown",
  (event) => {
    const key = letterOf(event);
    const goesOn = event.timeStamp - lastAt < LONGEST_STUTTER;
    if ((event.key === "Enter" || event.key === "Tab") && goesOn && isCode(burst)) return take(event);
    if (key === null) return;
    if (!goesOn || document.activeElement !== field) begin(event.timeStamp);
    burst += key;
    lastAt = event.timeStamp;
    if (key === SEPARATOR) {
      event.preventDefault();
      if (field === box) box.setRangeText(SEPARATOR, box.selectionStart, box.selectionEnd, "end");
    }
  },
  true,
);

function letterOf(event) {
  if (event.ctrlKey && event.key === "]") return SEPARATOR;
  return event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey ? event.key : null;
}

// Every code has a figure in it; words, however fast, are words. A password is nobody's code.
function isCode(text) {
  const isFast = lastAt - firstAt < FASTEST_FINGERS * (text.length - 1);
  return text.length >= SHORTEST && isFast && /\d/.test(text) && field?.type !== "password";
}

// Some fields want codes themselves; a weight may come from a scale that types as fast as a scanner, but is short.
function takes(element, code) {
  const most = element?.dataset?.takesScans;
  return most === "" || (most !== undefined && code.length <= Number(most));
}

function begin(at) {
  burst = "";
  firstAt = at;
  field = document.activeElement;
  before = field?.value ?? "";
}

function take(event) {
  const code = burst;
  burst = "";
  lastAt = 0;
  const quantity = before.match(QUANTITY)?.[0] ?? "";
  // Figures before it may be its own beginning, from a device that stuttered; letters are what somebody was typing.
  const isAtHome = field === box && !/\p{L}/u.test(before);
  if (isAtHome || takes(field, code)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (field && field !== box && "value" in field) field.value = before;
  if (sheet.open) sheet.close();
  // What somebody had begun to type is gone, but for a quantity.
  box.value = (field === box ? quantity : "") + code;
  box.form.requestSubmit();
}
