from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from billing.models import Bill, Shift
from pantrypal.core.models import User
from tests.browser.shelf import Shelf
from tests.browser.visitor import SIZES, Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]


def test_a_cashier_counts_the_drawer_and_opens_the_shift(committed_shop: Shop, cashier: User, visitor: Visit) -> None:
    with transaction.atomic():
        Shift.objects.all().update(closed_at=committed_shop.shift.opened_at)
    till = visitor().signed_in_as(cashier).open(f"/{committed_shop.org.slug}/till/")

    till.is_accessible().shoots("till-choice", *SIZES)
    till.do(lambda page: page.get_by_role("link", name="Open the shift").focus())
    till.press("Enter").sees("Cash in the drawer now").is_accessible().shoots("open-shift")
    till.type("500").press("Enter").has_focus_on("#code").sees("Ready for the next customer")

    till.is_accessible().shoots("till-empty", *SIZES)
    with transaction.atomic():
        assert Shift.objects.get(closed_at=None).opening_float == Decimal("500.00")


def test_a_cashier_sells_five_lines_with_keys_only(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.type("2*").scan(shelf.code(shelf.dal)).sees("Toor dal 1 kg", "#cart")
    till.type("tomato").sees("Tomato (loose)", "#found").is_accessible().shoots("till-search")
    till.press("ArrowDown", "Enter").sees("How much Tomato", "#sheet").is_accessible().shoots("till-weight")
    till.type("0.750").press("Enter").sees("Tomato", "#cart").has_focus_on("#code")
    for product in (shelf.milk, shelf.detergent, shelf.salt):
        till.scan(shelf.code(product))
    till.sees("Salt", "#cart")
    till.press("ArrowUp", "ArrowUp", "+").sees("2", '.line:has-text("Milk") .line-quantity')
    till.is_accessible().shoots("till-cart", *SIZES).shoots("till-cart", scheme="dark")
    assert till.text("#total") == "₹588.00"

    till.press("F8").sees("Cash received").is_accessible().shoots("till-pay-cash", *SIZES)
    till.type("600").sees("₹12.00", ".change-amount").press("Enter").sees("is paid", "#sheet")
    till.is_accessible().shoots("till-paid").shoots("till-paid", scheme="dark")
    assert till.text("#change") == "₹12.00"
    till.type("2").has_focus_on("#code").sees("Ready for the next customer")
    assert till.do(lambda page: page.input_value("#code")) == "2"

    with transaction.atomic():
        bill = Bill.objects.get()
        left = [committed_shop.on_hand(product) for product in (shelf.dal, shelf.milk, shelf.tomato)]
    assert (bill.number, bill.total) == ("B1A-26-0000001", Decimal("588.00"))
    assert left == [Decimal("18.000"), Decimal("18.000"), Decimal("19.250")]
    till.open(f"/{committed_shop.org.slug}/bills/{bill.pk}/receipt/").is_accessible().shoots("receipt")
    for said in ("B1A-26-0000001", "0.75 kg × 40.00", "₹588.00", "Change", "₹12.00", "नमक 1 किलो"):
        till.sees(said)
