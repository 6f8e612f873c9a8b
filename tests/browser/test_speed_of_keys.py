"""How long a cashier waits: from the end of a scan to the line, from Enter on the payment to the receipt. Reported."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor

# From the Enter that ended a scan or a payment until the page shows what came of it; printing is when the receipt is
# there, laid out, and handed to the printer.
STOPWATCH = """
() => {
  window.waits = { "scan to line": [], "pay to change": [], "pay to receipt": [] };
  let began = 0, lines = "";
  addEventListener("keydown", (event) => { if (event.key === "Enter") began = performance.now(); }, true);
  const note = (name) => { waits[name].push(performance.now() - began); };
  new MutationObserver(() => {
    const now = [...document.querySelectorAll(".line")].map((line) => line.id).join();
    if (now.length > lines.length) note("scan to line");
    lines = now;
  }).observe(document.querySelector("#cart"), { childList: true, subtree: true });
  new MutationObserver(() => {
    if (document.querySelector("#change") && !waits["pay to change"].length) note("pay to change");
  }).observe(document.querySelector("#sheet"), { childList: true, subtree: true });
  addEventListener("printed", () => note("pay to receipt"));
}
"""
PRINTS = 'window.print = () => window.top.dispatchEvent(new Event("printed"));'


def test_a_five_line_cart_is_sold_and_printed(
    shelf: Shelf, till: Visitor, record_property: Callable[[str, object], None]
) -> None:
    till.do(lambda page: page.add_init_script(PRINTS))
    till.do(lambda page: page.reload())
    till.has_focus_on("#code").do(lambda page: page.evaluate(STOPWATCH))
    for product in (shelf.dal, shelf.milk, shelf.detergent, shelf.salt):
        till.scan(shelf.code(product)).sees(product.name, "#cart")
    till.type("0.5*tomato").press("Enter").sees("Tomato", "#cart").has_focus_on("#code")
    till.press("Enter").sees("Cash received").type("500").press("Enter").sees("is paid", "#sheet")
    till.do(lambda page: page.wait_for_selector("#paper[src]", state="attached"))
    till.do(lambda page: page.frame_locator("#paper").locator(".receipt-total").wait_for(state="attached"))

    waits = till.do(lambda page: page.evaluate("waits"))
    for name, times in waits.items():
        if times:
            said = f"{median(times):.0f} ms, slowest {max(times):.0f} ms of {len(times)}"
            record_property(f"measured: {name}", said)
    assert len(waits["scan to line"]) == 5
