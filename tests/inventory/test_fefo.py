"""First expired, first out: the stock against a model that sorts lots by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import Lot, StockLevel, StockMove
from inventory.operations.stock import Goods, NotEnoughStock, Source, add_stock, issue_stock
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop

TODAY = NOON.date()


class Rack:
    """Lots of one product: [expires on, place in the stock, lot, left]."""

    def __init__(self) -> None:
        self.lots: list[list[Any]] = []

    def take(self, quantity: Decimal) -> dict[UUID, Decimal] | None:
        """By lot, the earliest date first, never one that is over; None where it is not enough."""
        good = sorted(lot for lot in self.lots if lot[0] >= TODAY and lot[3] > 0)
        if sum(lot[3] for lot in good) < quantity:
            return None
        taken = {}
        for lot in good:
            part = min(quantity, lot[3])
            if part:
                lot[3] -= part
                taken[lot[2]] = part
                quantity -= part
        return taken


def fill(shop: Shop, product: Any, dates: Iterable[date], quantities: Iterable[Decimal]) -> Rack:
    lots = [Lot(product=product, code=f"L{i}", expires_on=day) for i, day in enumerate(dates)]
    Lot.objects.bulk_create(lots)
    goods = [Goods(product.pk, quantity, lot.pk, Decimal(10)) for lot, quantity in zip(lots, quantities, strict=True)]
    source = Source("test", uuid7(), "test", NOON)
    add_stock(goods, store=shop.store.pk, kind=StockMove.Kind.RECEIPT, source=source)
    rack = Rack()
    for level in StockLevel.objects.filter(product=product).select_related("lot"):
        rack.lots.append([level.lot.expires_on, level.pk, level.lot_id, level.on_hand])
    return rack


def sell(shop: Shop, goods: list[Goods]) -> list[dict[str, Any]]:
    source = Source("bill", uuid7(), "test", NOON)
    return issue_stock(goods, store=shop.store.pk, kind=StockMove.Kind.SALE, source=source, on=TODAY)


def test_ten_thousand_sales_take_the_right_ones_of_three_hundred_lots(shop: Shop) -> None:
    chance = Random(2026)
    products = [shop.product(f"P{i}", tracks_lots=True) for i in range(10)]
    racks = {}
    for product in products:
        dates = [TODAY + timedelta(days=chance.randrange(-5, 60)) for _ in range(30)]
        racks[product.pk] = fill(shop, product, dates, [Decimal(chance.randrange(20, 80)) for _ in dates])

    for _ in range(200):
        lines = [Goods(chance.choice(products).pk, Decimal(chance.randrange(1, 3)), line=uuid7()) for _ in range(50)]
        expected = {}
        left = {}
        for line in lines:
            taken = racks[line.product].take(line.quantity)
            if taken is None:  # nobody would have put it into the cart
                left[line.line] = line
            else:
                expected |= {(line.line, lot): part for lot, part in taken.items()}
        answer = sell(shop, [line for line in lines if line.line not in left])
        found = {(UUID(part["line"]), UUID(part["lot"])): part["quantity"] for part in answer}
        assert found == expected

    assert StockMove.objects.filter(kind="sale").values("line_id").distinct().count() > 9_000
    kept = dict(StockLevel.objects.values_list("lot", "on_hand"))
    assert kept == {lot[2]: lot[3] for rack in racks.values() for lot in rack.lots}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lots=st.lists(st.tuples(st.integers(-3, 6), st.integers(1, 6)), min_size=1, max_size=8),
    sales=st.lists(st.integers(1, 9), max_size=8),
)
def test_any_lots_and_any_sales_agree_with_the_model(shop: Shop, lots: list[Any], sales: list[int]) -> None:
    with transaction.atomic():
        product = shop.product(tracks_lots=True)
        dates = [TODAY + timedelta(days=days) for days, _quantity in lots]
        rack = fill(shop, product, dates, [Decimal(quantity) for _days, quantity in lots])
        for wanted in sales:
            expected = rack.take(Decimal(wanted))
            try:
                answer = sell(shop, [Goods(product.pk, Decimal(wanted))])
                assert {UUID(part["lot"]): part["quantity"] for part in answer} == expected
            except NotEnoughStock:
                assert expected is None
        kept = dict(StockLevel.objects.filter(product=product).values_list("lot", "on_hand"))
        assert kept == {lot[2]: lot[3] for lot in rack.lots}
