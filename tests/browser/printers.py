"""Receipt printers that a browser finds plugged in: they keep what they are sent, or are switched off."""

from __future__ import annotations

import base64

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

# `window.printer`: what it got, whether it is on, and how often the browser itself printed. The page's own root says
# how many jobs and pages there were, where a test can wait for it.
STAND_IN = """
if (window === window.top) window.printer = { jobs: [], isOn: true, opened: [], pages: 0 };
const count = (name, number) => { window.top.document.documentElement.dataset[name] = number; };
window.print = () => { count("pages", (window.top.printer.pages += 1)); };
const take = async (bytes) => {
  if (!window.printer.isOn) throw new DOMException("The device was disconnected.", "NetworkError");
  window.printer.jobs.push(btoa(String.fromCharCode(...new Uint8Array(bytes))));
  count("jobs", window.printer.jobs.length);
};
const usb = {
  vendorId: 0x04b8, productId: 0x0202, serialNumber: "J7", productName: "TM-T20", configuration: null,
  open: async () => {}, close: async () => {},
  selectConfiguration: async (value) => {
    usb.configuration = { configurationValue: value, interfaces: [
      { interfaceNumber: 0, alternate: { interfaceClass: 3, endpoints: [
        { direction: "out", type: "interrupt", endpointNumber: 1 }] } },
      { interfaceNumber: 1, alternate: { interfaceClass: 7, endpoints: [
        { direction: "in", type: "bulk", endpointNumber: 2 },
        { direction: "out", type: "bulk", endpointNumber: 3 }] } },
    ] };
  },
  claimInterface: async (number) => { window.printer.opened.push(`interface ${number}`); },
  transferOut: async (endpoint, bytes) => {
    window.printer.opened.push(`endpoint ${endpoint}`);
    await take(bytes);
    return { status: "ok", bytesWritten: bytes.byteLength };
  },
};
const port = {
  getInfo: () => ({}),
  open: async ({ baudRate }) => { window.printer.opened.push(`${baudRate} baud`); },
  close: async () => {},
  writable: { getWriter: () => ({ write: take, releaseLock: () => {} }) },
};
const granted = (name) => localStorage.getItem(`granted-${name}`) === "yes";
const grant = (name, device) => { localStorage.setItem(`granted-${name}`, "yes"); return device; };
Object.defineProperty(navigator, "usb", { value: {
  requestDevice: async () => grant("usb", usb), getDevices: async () => (granted("usb") ? [usb] : []) } });
Object.defineProperty(navigator, "serial", { value: {
  requestPort: async () => grant("serial", port), getPorts: async () => (granted("serial") ? [port] : []) } });
"""


def plug_in_printers(window: Visitor) -> None:
    """From the next page on."""
    window.do(lambda page: page.add_init_script(STAND_IN))


def switch_off(window: Visitor) -> None:
    window.do(lambda page: page.evaluate("printer.isOn = false"))


def printed(window: Visitor, jobs: int) -> list[bytes]:
    """The jobs, once there are so many."""
    if jobs:
        window.do(lambda page: expect(page.locator("html")).to_have_attribute("data-jobs", str(jobs)))
    sent = window.do(lambda page: page.evaluate("printer.jobs"))
    return [base64.b64decode(job) for job in sent]


def browser_prints_once(window: Visitor) -> None:
    """Waits until the browser has printed a page itself."""
    window.do(lambda page: expect(page.locator("html")).to_have_attribute("data-pages", "1"))


def ways_taken(window: Visitor) -> list[str]:
    return window.do(lambda page: page.evaluate("printer.opened"))
