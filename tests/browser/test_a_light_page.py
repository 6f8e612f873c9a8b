"""The till's page for the worst device of the shop: small, and nothing on it jumps."""

from __future__ import annotations

import gzip

from playwright.sync_api import Page, Response

from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop

MOST = 100_000  # bytes, compressed, without fonts
SHIFTS = """
() => new Promise((answer) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => answer(sum), 300);
})
"""


def test_the_till_weighs_less_than_a_picture(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    weights = till.do(lambda page: _weights(page))

    heaviest = sorted(weights.items(), key=lambda item: -item[1])[:5]
    assert len(weights) > 40
    assert sum(weights.values()) < MOST, heaviest
    assert any(name.endswith("till.js") for name in weights)


def test_nothing_jumps_while_the_till_opens_and_a_line_comes(shelf: Shelf, till: Visitor) -> None:
    till.do(lambda page: page.locator("[data-tour-end]").click())
    till.do(lambda page: page.reload())
    till.has_focus_on("#code")

    assert till.do(lambda page: page.evaluate(SHIFTS)) < 0.01


def _weights(page: Page) -> dict[str, int]:
    """What a first visit loads, as it goes over the line."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:  # Playwright marks what it is given, so it is given a function of ours
        answers.append(answer)

    page.on("response", keep)
    page.route("**/*", lambda route: route.continue_())  # so that nothing comes from the cache
    page.reload()
    page.wait_for_load_state("networkidle")
    kinds = ("document", "stylesheet", "script")
    seen = [answer for answer in answers if answer.request.resource_type in kinds]
    return {answer.url: len(gzip.compress(answer.body())) for answer in seen}
