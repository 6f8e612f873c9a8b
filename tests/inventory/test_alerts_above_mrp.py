"""A price above the MRP is told, whichever of the prices of a store it is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from catalog.models import PriceList, Product
from catalog.operations.prices import PriceInput, save_price_list, set_price
from inventory.models import Alert
from inventory.operations.alerts import refresh_alerts
from pantrypal.journal.consumers import consumers_by_topic
from tests.inventory.goods import lot_of
from tests.inventory.test_alerts import look
from tests.shop import NOON, Shop


@pytest.fixture
def marked(shop: Shop) -> Product:
    """In stock, at 63.00 under its MRP of 70.00."""
    milk = shop.product("Milk", mrp=Decimal("70.00"))
    shop.stock(milk, "5")
    return milk


def test_a_store_that_asks_more_than_the_mrp_is_told(shop: Shop, marked: Product) -> None:
    assert look(shop) == []
    set_price(PriceInput(marked, Decimal("69.00"), store=shop.store.pk), org=shop.org, actor=shop.actor, at=NOON)
    assert look(shop) == []

    Product.objects.update(mrp=Decimal("68.00"))

    assert look(shop) == ["Milk: the price is above the MRP printed on it."]


def test_a_price_list_brings_a_price_above_the_mrp_only_while_it_holds(shop: Shop, marked: Product) -> None:
    by = {"actor": shop.actor, "at": NOON}
    autumn = save_price_list(PriceList(name="Autumn", starts_at=NOON + timedelta(days=1)), **by)
    set_price(PriceInput(marked, Decimal("69.00"), price_list=autumn), org=shop.org, **by)
    Product.objects.update(mrp=Decimal("68.00"))

    assert look(shop) == []
    assert look(shop, NOON + timedelta(days=2)) == ["Milk: the price is above the MRP printed on it."]
    autumn.ends_at = NOON + timedelta(days=3)
    save_price_list(autumn, **by)
    refresh_alerts(shop.store, at=NOON + timedelta(days=4))
    assert not Alert.objects.open().exists()


def test_the_lowest_price_of_a_list_is_the_one_that_counts(shop: Shop, marked: Product) -> None:
    by = {"actor": shop.actor, "at": NOON}
    harvest = save_price_list(PriceList(name="Harvest"), **by)
    set_price(PriceInput(marked, Decimal("60.00"), price_list=harvest), org=shop.org, **by)
    Product.objects.update(mrp=Decimal("62.00"))

    assert look(shop) == []


def test_each_lot_with_an_mrp_of_its_own_is_told_of(shop: Shop, marked: Product) -> None:
    lot_of(shop, marked, "OLD", "2027-01-01", mrp=Decimal("60.00"))
    lot_of(shop, marked, "NEW", "2027-06-01", mrp=Decimal("72.00"))

    refresh_alerts(shop.store, at=NOON)

    assert [(alert.lot.code, alert.figure) for alert in Alert.objects.select_related("lot")] == [("OLD", 5)]


def test_a_changed_price_and_a_changed_list_are_looked_at() -> None:
    waiting = consumers_by_topic()

    assert "inventory.watch_product" in waiting["price.changed"]
    assert "inventory.watch_price_list" in waiting["price_list.changed"]
