"""A recall takes effect on the next scan of every till, and on the carts that have it already."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.carts import lines_of
from billing.models import Bill, Register
from billing.operations.carts import Touched, add_to_cart
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.operations.shown_cart import shown_cart
from billing.operations.till_sale import pay_cart
from billing.refusals import ExpiredLot, RecalledLot
from billing.sale import Tender
from billing.typed import read_typed
from catalog.models import Product
from inventory.models import Recall, StockMove
from inventory.operations.recalls import end_recall, start_recall
from pantrypal.core.money import ZERO
from tests.inventory.goods import lot_of
from tests.shop import NOON, Shop, line

EAN = "9520000000011"
BAD, GOOD = f"]d201{EAN:0>14}10BAD", f"]d201{EAN:0>14}10GOOD"


@pytest.fixture
def milk(shop: Shop) -> Product:
    """Two in lot BAD, which goes first, and three in lot GOOD."""
    product = shop.product("Milk 1 l", price="60.00", rate="0", sku="MILK", tracks_lots=True)
    shop.barcode(product, EAN)
    lot_of(shop, product, "BAD", "2026-03-09", "2")
    lot_of(shop, product, "GOOD", "2026-03-20", "3")
    return product


@pytest.fixture
def second(shop: Shop) -> Register:
    register = create_register(store=shop.store, code="B", name="Counter B", actor=shop.actor, at=NOON)
    open_shift(register=register, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)
    return register


def scan(shop: Shop, code: str, register: Register | None = None) -> Touched:
    at = register or shop.register
    return add_to_cart(read_typed(code), register=at, store=shop.store, actor=shop.actor, at=NOON)


def pay(shop: Shop, touched: Touched, total: str, register: Register | None = None) -> Bill:
    by = {"register": register or shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    return pay_cart(touched.cart.pk, (Tender("cash"),), expected_total=Decimal(total), **by).bill


def recall(shop: Shop, milk: Product, *lots: str) -> Recall:
    return start_recall(milk, lots, reason="Glass", actor=shop.actor, at=NOON)


def test_the_next_scan_of_the_lot_is_refused_at_every_till(shop: Shop, milk: Product, second: Register) -> None:
    scan(shop, BAD)
    recall(shop, milk, "BAD")

    for register in (shop.register, second):
        with pytest.raises(RecalledLot, match="Lot BAD of Milk 1 l has been recalled and must not be sold."):
            scan(shop, BAD, register)
        scan(shop, GOOD, register)


def test_a_cart_that_has_it_already_is_not_paid_and_sells_what_is_left_without_it(
    shop: Shop, milk: Product, second: Register
) -> None:
    in_cart, other = scan(shop, BAD), scan(shop, EAN, second)
    recall(shop, milk, "BAD")

    with pytest.raises(RecalledLot, match="Lot BAD of Milk 1 l has been recalled"):
        pay(shop, in_cart, "60.00")
    assert not Bill.objects.exists()
    assert [one.quantity for one in lines_of(in_cart.cart)] == [1]
    pay(shop, other, "60.00", second)
    assert StockMove.objects.get(kind="sale").lot.code == "GOOD"


def test_where_only_recalled_goods_are_left_the_scan_is_refused_and_the_cart_says_so(shop: Shop, milk: Product) -> None:
    in_cart = scan(shop, EAN)
    made = recall(shop, milk, "BAD", "GOOD")

    with pytest.raises(RecalledLot, match="Milk 1 l has been recalled and must not be sold. Please put it aside."):
        scan(shop, EAN)
    [shown] = shown_cart(shop.register, shop.store, NOON).lines
    assert (shown.left, shown.is_short) == (0, True)
    with pytest.raises(RecalledLot):
        pay(shop, in_cart, "60.00")
    end_recall(made, actor=shop.actor, at=NOON)
    assert pay(shop, in_cart, "60.00").total == 60


def test_a_store_that_sells_below_zero_sells_no_recalled_goods(shop: Shop, milk: Product) -> None:
    shop.store.stock_policy = "allow"
    recall(shop, milk, "BAD")

    with pytest.raises(RecalledLot, match="Milk 1 l has been recalled"):
        shop.sell(line(milk, "4"))
    shop.sell(line(milk, "3"))
    shop.sell(line(milk, "2"), occurred_at=NOON)
    assert shop.on_hand(milk) == 0


def test_a_pack_that_says_it_has_expired_goes_into_no_cart(shop: Shop, milk: Product) -> None:
    with pytest.raises(ExpiredLot, match="This Milk 1 l expired on March 1, 2026 and must not be sold."):
        scan(shop, f"]d201{EAN:0>14}17260301")
