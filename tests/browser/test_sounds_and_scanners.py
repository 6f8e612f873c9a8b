"""What a cashier hears while looking at the goods, and codes that nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from catalog.models import Product
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]

# Stands in for the loudspeaker: `heard` are the pitches of the tones, in hertz.
LOUDSPEAKER = """
window.heard = [];
window.AudioContext = class { currentTime = 0; destination = null; };
window.OscillatorNode = class {
  constructor(_audio, { frequency }) { this.frequency = frequency; }
  connect(next) { return next; }
  start() { window.heard.push(this.frequency); }
  stop() {}
};
window.GainNode = class {
  gain = { exponentialRampToValueAtTime: () => {} };
  connect(next) { return next; }
};
"""
CLICK, LOW = 1200, 180


def heard(window: Visitor) -> list[int]:
    return window.do(lambda page: page.evaluate("heard"))


def test_a_scan_clicks_and_a_refusal_sounds_low_unless_it_is_quiet(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    till.do(lambda page: page.add_init_script(LOUDSPEAKER))
    till.do(lambda page: page.reload())
    till.has_focus_on("#code").scan(shelf.code(shelf.milk)).sees("₹28.00", "#total")
    assert heard(till) == [CLICK]
    till.scan("9520000999995").sees("There is no product", "#notice").sees("ask a manager to add it", "#notice")
    assert heard(till) == [CLICK, LOW]

    till.press("?").sees("This device", "#keys")
    till.do(lambda page: page.get_by_label("Sounds").uncheck())
    till.press("Escape").has_focus_on("#code").scan(shelf.code(shelf.milk)).sees("₹56.00", "#total")
    till.do(lambda page: page.reload())
    till.has_focus_on("#code").scan(shelf.code(shelf.milk)).sees("₹84.00", "#total")
    assert heard(till) == []


def test_a_cashier_is_not_offered_a_new_product_and_a_manager_is(
    committed_shop: Shop, shelf: Shelf, till: Visitor, visitor: Visit
) -> None:
    till.scan("9520000999995").sees("There is no product", "#notice")
    assert till.do(lambda page: page.locator("#notice button").count()) == 0

    owner = visitor().signed_in_as(committed_shop.owner)
    owner.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").has_focus_on("#code")
    owner.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").scan("9520000999995").sees("There is no product")
    owner.press("Alt+n").sees("New product", "#sheet").type("Jaggery").press("Tab").type("60,50").press("Enter")
    owner.sees("Write the amount as 1234.50", "#sheet").do(
        lambda page: page.get_by_label("Price", exact=True).fill("60.50")
    )
    owner.press("Enter").sees("Jaggery", "#cart").sees("₹88.50", "#total").has_focus_on("#code")
    with transaction.atomic():
        assert Product.objects.filter(name="Jaggery").count() == 1


def test_what_a_scale_prints_is_read_and_what_is_wrong_is_said(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/tester/").has_focus_on("#tried")
    till.scan(f"3*{shelf.code(shelf.dal)}").sees("The till sells").sees("Quantity before it").sees("Toor dal 1 kg")
    till.scan("9520000000001").sees("its last figure should be 4").is_accessible_everywhere().shoots(
        "tester-wrong", "1366x768", "390x844"
    )
    till.type("dal").press("Enter").sees("no product goes by it").is_accessible()
