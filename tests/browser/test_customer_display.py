"""What the customer sees: in a window of its own beside the till, and on another device."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import expect

from billing.operations.registers import create_register
from catalog.models import Product
from pantrypal.core.models import User
from tests.browser.shelf import Shelf
from tests.browser.visitor import SIZES, Visitor
from tests.shop import NOON, Shop

Visit = Callable[..., Visitor]


def test_the_display_follows_the_cart_to_the_change(
    committed_shop: Shop, shelf: Shelf, till: Visitor, cashier: User, visitor: Visit
) -> None:
    with transaction.atomic():
        committed_shop.store.upi_id = "shop@okbank"
        committed_shop.store.save()
        terms = {"store": committed_shop.store, "actor": committed_shop.actor, "at": NOON}
        counter_b = create_register(code="B", name="Counter B", **terms)
    address = f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/display/"
    display = visitor().signed_in_as(cashier).open(address).sees("Welcome").is_accessible().shoots("display-welcome")
    other = visitor().signed_in_as(cashier).open(f"/{committed_shop.org.slug}/till/{counter_b.pk}/display/")

    till.scan(shelf.code(shelf.dal)).type("2*").scan(shelf.code(shelf.milk)).sees("₹224.00", "#total")
    display.sees("Toor dal 1 kg").sees("2 × 28.00").sees("₹224.00", ".display-total").is_accessible()
    till.press("F6").sees("Percentage or amount").type("5%").press("Enter").sees("₹212.80", "#total")
    display.sees("You save ₹11.20").shoots("display-cart", *SIZES).shoots("display-cart", scheme="dark")

    till.has_focus_on("#code").press("F9").sees("Reference of the payment", "#sheet")
    display.sees("with any UPI app").is_accessible().shoots("display-upi", *SIZES)
    till.press("Escape").has_focus_on("#code")
    display.sees_no(".display-code")

    till.press("F8").sees("Cash received").type("300").press("Enter").sees("is paid", "#sheet")
    display.sees("Thank you").sees("₹87.20", ".display-total").is_accessible().shoots("display-change", *SIZES)
    till.press("Enter").scan(shelf.code(shelf.salt)).sees("₹24.00", "#total")
    display.sees("Salt 1 kg").sees_no(".display-thanks")
    assert "Salt" not in other.sees("Welcome").text("body")


def test_the_display_opens_beside_the_till_in_the_customers_language(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    with transaction.atomic():
        Product.objects.filter(pk=shelf.milk.pk).update(name='<b onmouseover="alert(1)">{{ 7*7 }}</b>')
    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").press("F3").sees("customer's display", "#sheet")
    beside = till.do(lambda page: _popup(page))
    till.has_focus_on("#code")

    till.do(lambda page: beside.locator("a[lang=hi]").click())
    till.do(lambda page: expect(beside.locator("main")).to_contain_text("नमक 1 किलो"))
    till.scan(shelf.code(shelf.milk)).sees("₹52.00", "#total")
    till.do(lambda page: expect(beside.locator("main")).to_contain_text('<b onmouseover="alert(1)">{{ 7*7 }}</b>'))
    till.sees("Salt 1 kg", "#cart")


def _popup(page):
    with page.expect_popup() as opened:
        page.keyboard.press("0")
    return opened.value
