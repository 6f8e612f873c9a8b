"""Waste, shrinkage and what expires soon, in money and in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Product
from inventory.markdown import suggest_markdown
from inventory.models import Lot
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.reports.expiry import expiring_lots
from inventory.reports.losses import SHRINKAGE, WASTE, losses, sold_at_cost
from tests.api import Api
from tests.shop import NOON, Shop, line

DAY = NOON.date()


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 1 l", sku="MILK")
    shop.stock(product, "20", cost="41.50")
    lines = [
        Adjustment(product.pk, Decimal(-2), kind="expiry"),
        Adjustment(product.pk, Decimal(-1), "fell down", kind="damage"),
        Adjustment(product.pk, Decimal(-3), kind="theft"),
        Adjustment(product.pk, Decimal(1), "behind the shelf"),
    ]
    adjust_stock(lines, store=shop.store, actor=shop.actor, at=NOON)
    return product


def test_waste_and_shrinkage_are_told_apart_and_valued_at_cost(shop: Shop, milk: Product) -> None:
    shop.sell(line(milk, "4"))

    wasted = losses(DAY, DAY, stores=[shop.store], kinds=WASTE)
    shrunk = losses(DAY, DAY, stores=[shop.store], kinds=SHRINKAGE)

    assert [(loss.kind, loss.reason, loss.quantity, loss.value) for loss in wasted] == [
        ("expiry", "Expired", Decimal("-2.000"), Decimal("-83.0000")),
        ("damage", "fell down", Decimal("-1.000"), Decimal("-41.5000")),
    ]
    assert [(loss.kind, loss.quantity) for loss in shrunk] == [("theft", -3), ("adjustment", 1)]
    assert sold_at_cost(DAY, DAY, stores=[shop.store]) == Decimal("166.0000")


def test_a_day_is_the_stores_own(shop: Shop, milk: Product) -> None:
    late = NOON.replace(hour=18, minute=31)  # already tomorrow in Kolkata
    adjust_stock([Adjustment(milk.pk, Decimal(-1), kind="own_use")], store=shop.store, actor=shop.actor, at=late)

    tomorrow = DAY + timedelta(days=1)
    assert [loss.kind for loss in losses(tomorrow, tomorrow, stores=[shop.store], kinds=WASTE)] == ["own_use"]
    assert losses(tomorrow, tomorrow, stores=[], kinds=WASTE) == []


@pytest.mark.parametrize(
    ("on_hand", "pace", "days_left", "left_over", "percent"),
    [
        ("12", "2", 7, "0", 0),  # sells out
        ("20", "2", 7, "6", 30),
        ("20", "0", 14, "20", 20),
        ("20", "0", 30, "20", 10),
        ("20", "0", 31, "20", 0),  # there is time
        ("3", "0.5", 1, "2", 50),
        ("3", "0.5", 0, "3", 0),  # it is over
    ],
)
def test_the_markdown_follows_what_would_be_left_over(
    on_hand: str, pace: str, days_left: int, left_over: str, percent: int
) -> None:
    advice = suggest_markdown(on_hand=Decimal(on_hand), sold_a_day=Decimal(pace), days_left=days_left)

    assert (advice.left_over, advice.percent) == (Decimal(left_over), percent)


def test_lots_that_expire_soon_come_first_and_share_the_sales(shop: Shop) -> None:
    curd = shop.product("Curd 400 g", tracks_lots=True)
    for code, days in (("OVER", -1), ("SOON", 2), ("LATER", 6), ("FAR", 200)):
        lot = Lot.objects.create(product=curd, code=code, expires_on=DAY + timedelta(days=days))
        shop.stock(curd, "30", lot=lot.pk, cost="20")
    shop.sell(line(curd, "28"), at=NOON - timedelta(days=3))  # one a day, of the soonest then

    found = expiring_lots(NOON, stores=[shop.store], within=30)

    rows = [
        (lot.code, lot.on_hand, lot.markdown.days_left, lot.markdown.left_over, lot.markdown.percent) for lot in found
    ]
    assert rows == [
        ("OVER", Decimal("2.000"), 0, Decimal(2), 0),
        ("SOON", Decimal("30.000"), 3, Decimal(27), 40),
        ("LATER", Decimal("30.000"), 7, Decimal(30), 30),
    ]
    assert found[0].sold_a_day == Decimal("1.000")
    assert found[1].value == Decimal("600.0000000")


def test_the_pages_show_the_figures_and_give_them_as_files(shop: Shop, till: Client, milk: Product) -> None:
    lot = Lot.objects.create(product=milk, code="L1", expires_on=timezone.localdate() + timedelta(days=2))
    shop.stock(milk, "10", lot=lot.pk, cost="40")
    days = {"first": "2026-03-01", "last": "2026-03-03"}

    assert "₹124.50 lost" in till.get("/asha/admin/waste/", days).content.decode()
    assert "₹83.00 lost" in till.get("/asha/admin/shrinkage/", days).content.decode()
    assert "Nothing was thrown away" in till.get("/asha/admin/waste/", {"first": "x"}).content.decode()
    assert "Take 40 % off" in till.get("/asha/admin/expires-soon/").content.decode()
    value = till.get("/asha/admin/stock-value/", {"csv": "1"})
    assert value.content.decode().splitlines()[1] == "Milk 1 l,,Koramangala,25.000,1022.50"
    assert "₹1,022.50 at cost" in till.get("/asha/admin/stock-value/", {"day": "2026-03-02"}).content.decode()


def test_the_reports_through_the_api(shop: Shop, milk: Product) -> None:
    api = Api(shop)

    status, waste = api.get("reports/waste?from=2026-03-02&to=2026-03-02&store=B1")

    assert status == 200, waste
    assert waste["value"] == "-124.50"
    assert waste["results"][0]["kind"] == "expiry"
    assert api.get("reports/shrinkage?from=2026-03-02&to=2026-03-02")[1]["value"] == "-83.00"
    assert api.get("reports/waste?from=0000-99-99")[0] == 400
    assert api.get("reports/near-expiry?days=x")[0] == 400
    assert api.get("reports/near-expiry?format=csv")[0] == 200


def test_nothing_expires_in_a_date_that_is_far_away(shop: Shop) -> None:
    lot = Lot.objects.create(product=shop.product(), code="L1", expires_on=date(9999, 12, 31))
    shop.stock(lot.product, "1", lot=lot.pk)

    assert expiring_lots(NOON, stores=[shop.store]) == []
