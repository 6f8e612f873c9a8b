"""Which price a sale takes: of this store, of this moment, of a list, of the pack in hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from billing.operations.quote import QuotedLine, quote
from billing.sale import Basket, SaleLine
from catalog.models import Price, PriceList, Product
from catalog.operations.due_prices import put_due_prices
from catalog.operations.prices import PriceInput, save_price_list, set_price, withdraw_price
from catalog.operations.products import save_product
from catalog.refusals import PriceAboveMrp
from inventory.models import Lot
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.operations.organizations import create_store
from pantrypal.journal.models import AuditEntry
from tests.shop import NOON, Shop, line

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def milk(shop: Shop) -> Product:
    return shop.product("Milk", price="60.00", mrp=Decimal("66.00"), tracks_stock=False)


def put(shop: Shop, product: Product, price: str | None, *, at: datetime = NOON, **values: Any) -> Price:
    given = PriceInput(product, None if price is None else Decimal(price), **values)
    return set_price(given, org=shop.org, actor=shop.actor, at=at)


def priced(shop: Shop, product: Product, *, at: datetime = NOON, **values: Any) -> QuotedLine:
    return quote(Basket(shop.store, (line(product, **values),)), customer=None, at=at).lines[0]


def test_a_price_changes_at_its_minute_and_not_before(shop: Shop, milk: Product) -> None:
    put(shop, milk, "62.00", valid_from=NOON + HOUR)

    assert priced(shop, milk).unit_price == Decimal("60.00")
    assert priced(shop, milk, at=NOON + HOUR - timedelta(seconds=1)).unit_price == Decimal("60.00")
    assert priced(shop, milk, at=NOON + HOUR).unit_price == Decimal("62.00")
    assert shop.sell(line(milk), at=NOON + HOUR).bill.total == Decimal("62.00")


def test_a_sale_made_off_line_before_the_change_has_the_price_of_its_time(shop: Shop, milk: Product) -> None:
    put(shop, milk, "62.00", at=NOON + HOUR)

    late = shop.sell(line(milk), at=NOON + 2 * HOUR, occurred_at=NOON)

    assert late.bill.total == Decimal("60.00")
    assert shop.sell(line(milk), at=NOON + 2 * HOUR).bill.total == Decimal("62.00")


def test_a_price_that_has_begun_is_put_on_its_product_once(shop: Shop, milk: Product) -> None:
    put(shop, milk, "62.00", valid_from=NOON + HOUR)

    assert put_due_prices(at=NOON) == 0
    assert put_due_prices(at=NOON + HOUR) == 1
    assert put_due_prices(at=NOON + 2 * HOUR) == 0

    milk.refresh_from_db()
    assert milk.price == Decimal("62.00")
    assert Price.objects.filter(product=milk).count() == 1
    assert priced(shop, milk, at=NOON + HOUR - timedelta(seconds=1)).unit_price == Decimal("60.00")


def test_a_price_of_now_takes_the_place_of_one_that_was_noted_ahead(shop: Shop, milk: Product) -> None:
    put(shop, milk, "62.00", valid_from=NOON + HOUR)
    put(shop, milk, "60.00", at=NOON + 2 * HOUR)

    assert priced(shop, milk, at=NOON + 3 * HOUR).unit_price == Decimal("60.00")
    history = Price.objects.filter(product=milk).order_by("valid_from").values_list("was", "price", "valid_from")
    assert list(history) == [
        (Decimal("60.00"), Decimal("62.00"), NOON + HOUR),
        (Decimal("62.00"), Decimal("60.00"), NOON + 2 * HOUR),
    ]


def test_a_price_that_has_not_begun_may_be_withdrawn_and_one_that_has_may_not(shop: Shop, milk: Product) -> None:
    ahead = put(shop, milk, "62.00", valid_from=NOON + HOUR)

    with pytest.raises(Invalid, match="This price has begun already."):
        withdraw_price(ahead, actor=shop.actor, at=NOON + HOUR)
    withdraw_price(ahead, actor=shop.actor, at=NOON)

    assert priced(shop, milk, at=NOON + DAY).unit_price == Decimal("60.00")
    assert AuditEntry.objects.filter(action="price.withdrawn").count() == 1


def test_a_store_has_its_own_price_until_it_ends(shop: Shop, milk: Product) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    put(shop, milk, "58.00", store=shop.store.pk)

    here = priced(shop, milk)
    assert (here.unit_price, here.why) == (Decimal("58.00"), "Price of this store")
    there = quote(Basket(other, (line(milk),)), customer=None, at=NOON).lines[0]
    assert (there.unit_price, there.why) == (Decimal("60.00"), "")

    put(shop, milk, None, store=shop.store.pk, at=NOON + HOUR)
    assert priced(shop, milk, at=NOON + HOUR).unit_price == Decimal("60.00")


def test_a_price_list_holds_for_its_days_and_the_lowest_of_several_counts(shop: Shop, milk: Product) -> None:
    week = PriceList(name="Diwali", starts_at=NOON, ends_at=NOON + DAY)
    save_price_list(week, actor=shop.actor, at=NOON)
    always = save_price_list(PriceList(name="Regulars"), actor=shop.actor, at=NOON)
    put(shop, milk, "58.00", store=shop.store.pk)
    put(shop, milk, "55.00", price_list=week)
    put(shop, milk, "57.00", price_list=always)

    during = priced(shop, milk)
    assert (during.unit_price, during.why) == (Decimal("55.00"), "Price list “Diwali”")
    assert priced(shop, milk, at=NOON + DAY).unit_price == Decimal("57.00")


def test_a_case_costs_what_its_pieces_cost_here_unless_it_has_its_own_price(shop: Shop, milk: Product) -> None:
    case = shop.barcode(milk, quantity=Decimal(12))
    special = shop.barcode(milk, quantity=Decimal(12), price=Decimal("700.00"))
    put(shop, milk, "58.00", store=shop.store.pk)

    lines = tuple(SaleLine(Decimal(1), code=code.shown) for code in (case, special))
    quoted = quote(Basket(shop.store, lines), customer=None, at=NOON).lines

    assert [each.unit_price for each in quoted] == [Decimal("696.00"), Decimal("700.00")]


def test_nothing_costs_more_than_the_mrp_on_its_pack(shop: Shop) -> None:
    """Old packs bear 62, new ones 66: without knowing which is in the hand, 62 is what may be asked."""
    milk = shop.product("Milk", price="64.00", mrp=Decimal("66.00"), tracks_lots=True)
    old = Lot.objects.create(product=milk, code="OLD", mrp=Decimal("62.00"))
    new = Lot.objects.create(product=milk, code="NEW", mrp=Decimal("66.00"))
    shop.stock(milk, "5", lot=new.pk)
    assert priced(shop, milk).unit_price == Decimal("64.00")

    shop.stock(milk, "5", lot=old.pk)

    assert priced(shop, milk, lot="NEW").unit_price == Decimal("64.00")
    unknown = priced(shop, milk)
    assert (unknown.unit_price, unknown.why) == (Decimal("62.00"), "MRP of 62.00 on packs in this store")
    assert shop.sell(line(milk)).bill.total == Decimal("62.00")


@pytest.mark.parametrize("where", ["everywhere", "store", "list", "ahead"])
def test_a_price_above_mrp_is_refused_wherever_it_is_put(shop: Shop, milk: Product, where: str) -> None:
    values: dict[str, Any] = {
        "everywhere": {},
        "store": {"store": shop.store.pk},
        "list": {"price_list": save_price_list(PriceList(name="Diwali"), actor=shop.actor, at=NOON)},
        "ahead": {"valid_from": NOON + DAY},
    }[where]

    with pytest.raises(PriceAboveMrp, match="The price of 66.01 is above the MRP of 66.00"):
        put(shop, milk, "66.01", **values)
    assert not Price.objects.exists()


def test_what_makes_no_sense_is_refused(shop: Shop, milk: Product) -> None:
    with pytest.raises(Invalid, match="What was sold before keeps its price"):
        put(shop, milk, "61.00", valid_from=NOON - HOUR)
    with pytest.raises(Invalid, match="A product needs a price."):
        put(shop, milk, None)
    with pytest.raises(Invalid, match="not finer than the smallest coin"):
        put(shop, milk, "60.005")


def test_a_cashier_sets_no_prices(shop: Shop, milk: Product) -> None:
    cashier = shop.actor_as(Role.CASHIER)

    with pytest.raises(Forbidden):
        set_price(PriceInput(milk, Decimal("61.00")), org=shop.org, actor=cashier, at=NOON)
    assert not Price.objects.exists()


def test_a_price_changed_with_its_product_is_in_the_history_too(shop: Shop, milk: Product) -> None:
    milk.price = Decimal("61.00")
    save_product(milk, org=shop.org, actor=shop.actor, at=NOON)

    noted = Price.objects.get(product=milk)
    assert (noted.was, noted.price, noted.valid_from, noted.actor) == (
        Decimal("60.00"),
        Decimal("61.00"),
        NOON,
        "Asha Owner",
    )
