"""axe-core on every page and sheet of the till, on three screens, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from billing.models import Bill
from billing.sale import Buyer
from customers.models import Customer
from pantrypal.core.models import User
from tests.browser.shelf import Shelf
from tests.browser.visitor import SIZES, Visitor
from tests.shop import Shop, line

Visit = Callable[..., Visitor]

# Pages below the register's own address, and something that is on them.
PAGES = [
    ("", "Scan or type"),
    ("pair/", "Pair this device"),
    ("printer/", "Receipt printer"),
    ("display/", "Welcome"),
    ("camera/", "Scan with the camera"),
    ("tester/", "Nothing is sold here"),
    ("close/", "Count the drawer"),
]

# Sheets over a cart, by the keys that open them.
SHEETS = [
    (["F8"], "Cash received"),
    (["F9"], "Reference of the payment"),
    (["F10"], "Approval code"),
    (["F11"], "Takes what the others leave"),
    (["F4"], "how will you know it"),
    (["F5"], "No cart is held"),
    (["F6"], "Percentage or amount"),
    (["F7"], "A known customer is found"),
    (["F2"], "Price of one"),
    (["F3"], "Figures so far"),
]

# Sheets behind More, by their key there.
MORE = [
    ("1", "Number, its end"),
    ("2", "Write it down"),
    ("3", "a manager is asked"),
    ("4", "Net sales"),
    ("9", "today's prices"),
]


@pytest.fixture
def sold(committed_shop: Shop, shelf: Shelf) -> Bill:
    with transaction.atomic():
        return committed_shop.sell(line(shelf.dal), buyer=Buyer(phone="+919812345678", name="Lakshmi")).bill


@pytest.mark.parametrize(("path", "said"), PAGES)
def test_a_page_of_the_till(committed_shop: Shop, shelf: Shelf, till: Visitor, path: str, said: str) -> None:
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/{path}")
    if path:
        till.sees(said)
    till.is_accessible_everywhere().shoots("page-" + (path.partition("/")[0] or "till"), *SIZES)


def test_the_sheets_over_a_cart(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.dal)).sees("₹168.00", "#total")
    for keys, said in SHEETS:
        till.has_focus_on("#code").press(*keys).sees(said, "#sheet").is_accessible_everywhere()
        till.shoots("sheet-" + keys[0], "1366x768", "390x844").press("Escape")
    till.press("?").sees("these keys", "#keys").is_accessible_everywhere().shoots("sheet-keys", *SIZES)


def test_the_sheets_behind_more(committed_shop: Shop, shelf: Shelf, sold: Bill, till: Visitor) -> None:
    till.scan(shelf.code(shelf.dal)).sees("₹168.00", "#total")
    for key, said in MORE:
        till.has_focus_on("#code").press("F3").sees("Figures so far", "#sheet").press(key).sees(said, "#sheet")
        till.is_accessible_everywhere().shoots(f"more-{key}", "1366x768", "390x844").press("Escape")

    till.has_focus_on("#code").press("F3").sees("Figures so far", "#sheet").press("1").sees("Number", "#sheet")
    till.type(sold.number).press("Enter").sees("Print again", "#sheet").is_accessible_everywhere()
    till.press("2").sees("Can come back", "#sheet").is_accessible_everywhere().shoots("more-return", *SIZES)


def test_a_cart_with_a_customer_and_a_shortage(
    committed_shop: Shop, shelf: Shelf, cashier: User, sold: Bill, till: Visitor
) -> None:
    till.type("25*").scan(shelf.code(shelf.milk)).sees("only 20 left", "#cart").scan("9520000999995")
    till.sees("There is no product", "#notice").is_accessible_everywhere().shoots("cart-refused", *SIZES)
    till.press("F7").sees("A known customer is found").type("9812345678").press("Enter").sees("Lakshmi", "#cart")
    till.has_focus_on("#code").is_accessible_everywhere().shoots("cart-customer", *SIZES)
    with transaction.atomic():
        assert Customer.objects.get().name == "Lakshmi"
