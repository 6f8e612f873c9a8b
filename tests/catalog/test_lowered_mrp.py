"""A new stock comes with a lower MRP: no price of a store, of a list or to come may stay above it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import PriceList, Product
from catalog.operations.prices import PriceInput, save_price_list, set_price
from catalog.operations.products import save_product
from catalog.refusals import PriceAboveMrp
from tests.catalog.importing.lists import bring, listed, reasons
from tests.shop import NOON, Shop


@pytest.fixture
def oil(shop: Shop) -> Product:
    return shop.product("Oil 1 l", sku="OIL", price="150.00", mrp=Decimal("180.00"))


def note(shop: Shop, oil: Product, amount: str, **values: Any) -> None:
    set_price(PriceInput(oil, Decimal(amount), **values), org=shop.org, actor=shop.actor, at=NOON)


def lower(shop: Shop, oil: Product, mrp: str = "160.00") -> Product:
    oil.mrp = Decimal(mrp)
    return save_product(oil, org=shop.org, actor=shop.actor, at=NOON)


def test_it_is_lowered_where_nothing_lies_above(shop: Shop, oil: Product) -> None:
    note(shop, oil, "155.00", store=shop.store.pk)

    assert lower(shop, oil).mrp == Decimal("160.00")


def test_prices_of_stores_of_lists_and_to_come_are_told_and_nothing_changes(shop: Shop, oil: Product) -> None:
    diwali = save_price_list(PriceList(name="Diwali"), actor=shop.actor, at=NOON)
    note(shop, oil, "170.00", store=shop.store.pk)
    note(shop, oil, "165.00", price_list=diwali)
    note(shop, oil, "175.00", valid_from=NOON + timedelta(days=30))

    with pytest.raises(PriceAboveMrp) as refused:
        lower(shop, oil)

    assert refused.value.message == (
        "These prices would be above the MRP of 160.00: 170.00 in Koramangala from March 2, 2026;"
        " 165.00 in Diwali from March 2, 2026; 175.00 in all stores from April 1, 2026."
        " Please lower or withdraw them first."
    )
    assert Product.objects.get(pk=oil.pk).mrp == Decimal("180.00")


def test_what_has_ended_is_no_hindrance(shop: Shop, oil: Product) -> None:
    diwali = save_price_list(PriceList(name="Diwali"), actor=shop.actor, at=NOON)
    note(shop, oil, "165.00", price_list=diwali)
    PriceList.objects.update(ends_at=NOON)
    note(shop, oil, "170.00", store=shop.store.pk)
    given = PriceInput(oil, None, store=shop.store.pk)
    set_price(given, org=shop.org, actor=shop.actor, at=NOON + timedelta(minutes=1))

    oil.mrp = Decimal("160.00")
    save_product(oil, org=shop.org, actor=shop.actor, at=NOON + timedelta(minutes=2))


def test_a_pack_that_would_cost_more_than_its_pieces_is_told(shop: Shop, oil: Product) -> None:
    shop.barcode(oil, quantity=Decimal(12), price=Decimal("2000.00"))

    with pytest.raises(PriceAboveMrp, match="costs more than the MRP of its pieces together"):
        lower(shop, oil)


def test_a_list_that_lowers_it_below_a_price_of_a_store_is_refused_in_that_row(shop: Shop, oil: Product) -> None:
    note(shop, oil, "170.00", store=shop.store.pk)

    job = bring(shop, listed("Oil 1 l;OIL;150;160", "Salt;SALT;20;25", header="name;sku;price;mrp"))

    assert (job.accepted, reasons(job)) == (1, [(2, "price_above_mrp")])
    assert Product.objects.get(pk=oil.pk).mrp == Decimal("180.00")
