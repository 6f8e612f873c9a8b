from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import Bill, Shift
from catalog.models import Product
from pantrypal.core.access import Role
from tests.browser.visitor import SIZES, Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]


@pytest.fixture
def goods(committed_shop: Shop) -> list[Product]:
    """Five things of a grocery, twenty of each, one of them weighed."""
    with transaction.atomic():
        made = [
            committed_shop.product("Toor dal 1 kg", price="168.00", rate="5", sku="DAL", mrp="180.00"),
            committed_shop.product("Milk 500 ml", price="28.00", rate="0", sku="MILK"),
            committed_shop.product("Tomato (loose)", price="40.00", rate="0", sku="TOM", unit="kg", sold_by="weight"),
            committed_shop.product("Detergent 1 kg", price="142.00", rate="18", sku="DET", mrp="150.00"),
            committed_shop.product("Salt 1 kg", price="24.00", rate="0", sku="SALT", names={"hi": "नमक 1 किलो"}),
        ]
        for product in made:
            committed_shop.stock(product, "20")
            committed_shop.barcode(product)
    return made


def codes_of(goods: list[Product]) -> list[str]:
    with transaction.atomic():
        return [product.barcodes.get().shown for product in goods]


def test_a_cashier_opens_the_shift_and_sells_five_lines_with_keys_only(
    committed_shop: Shop, goods: list[Product], visitor: Visit
) -> None:
    slug = committed_shop.org.slug
    with transaction.atomic():
        cashier = committed_shop.member(Role.CASHIER)
        Shift.objects.all().update(closed_at=committed_shop.shift.opened_at)
        codes = codes_of(goods)
    till = visitor().signed_in_as(cashier).open(f"/{slug}/till/")
    till.is_accessible().shoots("till-choice", *SIZES).press("Tab")
    till.do(lambda page: page.get_by_role("link", name="Open the shift").focus())
    till.press("Enter").sees("Cash in the drawer now").is_accessible().shoots("open-shift")
    till.type("500").press("Enter")
    till.has_focus_on("#code").sees("Ready for the next customer").is_accessible().shoots("till-empty", *SIZES)

    till.type("2*").scan(codes[0])
    till.sees("Toor dal 1 kg", "#cart")
    till.type("tomato").sees("Tomato (loose)", "#found").shoots("till-search", *SIZES).is_accessible()
    till.press("ArrowDown", "Enter").sees("How much Tomato", "#sheet").is_accessible().shoots("till-weight")
    till.type("0.750").press("Enter").sees("Tomato", "#cart").has_focus_on("#code")
    for code in (codes[1], codes[3], codes[4]):
        till.scan(code)
    till.sees("Salt", "#cart")
    till.press("ArrowUp", "ArrowUp", "+").sees("2", '.line:has-text("Milk") .line-quantity')

    till.is_accessible().shoots("till-cart", *SIZES).shoots("till-cart", *SIZES, scheme="dark")
    assert till.text("#total") == "₹588.00"
    till.press("F8").sees("Cash received").is_accessible().shoots("till-pay-cash", *SIZES)
    till.type("600").sees("₹12.00", ".change-amount").press("Enter").sees("is paid", "#sheet")
    till.is_accessible().shoots("till-paid", *SIZES).shoots("till-paid", scheme="dark")
    assert till.text("#change") == "₹12.00"

    till.type("2").has_focus_on("#code").sees("Ready for the next customer")
    assert till.do(lambda page: page.input_value("#code")) == "2"
    with transaction.atomic():
        bill = Bill.objects.get()
        assert (bill.number, bill.total, bill.cashier) == ("B1A-26-0000001", Decimal("588.00"), cashier.name)
        assert [committed_shop.on_hand(product) for product in goods] == [
            Decimal("18.000"),
            Decimal("18.000"),
            Decimal("19.250"),
            Decimal("19.000"),
            Decimal("19.000"),
        ]
    receipt = visitor().signed_in_as(cashier).open(f"/{slug}/bills/{bill.pk}/receipt/")
    receipt.is_accessible().shoots("receipt")
    for said in ("B1A-26-0000001", "0.75 kg × 40.00", "₹588.00", "Change", "₹12.00", "नमक 1 किलो"):
        receipt.sees(said)
