"""First expired, first out: the stock against a model that sorts lots by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
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
        self.recalled: set[UUID] = set()

    def take(self, quantity: Decimal, *, on: date = TODAY, only: UUID | None = None) -> dict[UUID, Decimal] | None:
        """By lot, the earliest date first, never one that is over or recalled; None where it is not enough."""
        good = sorted(lot for lot in self.lots if lot[0] >= on and lot[3] > 0 and lot[2] not in self.recalled)
        if only is not None:
            good = [lot for lot in good if lot[2] == only]
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


def sell(shop: Shop, goods: list[Goods], on: date = TODAY) -> list[dict[str, Any]]:
    source = Source("bill", uuid7(), "test", NOON)
    return issue_stock(goods, store=shop.store.pk, kind=StockMove.Kind.SALE, source=source, on=on)


class Season:
    """A shop with three hundred lots: days pass, lots are recalled, some packs are scanned with their lot."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop, self.chance, self.sold, self.days = shop, Random(seed), 0, 0
        self.racks: dict[UUID, Rack] = {}
        for _ in range(30):
            dates = [TODAY + timedelta(days=self.chance.randrange(-3, 90)) for _ in range(10)]
            amounts = [Decimal(self.chance.randrange(40, 120)) for _ in dates]
            product = shop.product(tracks_lots=True)
            self.racks[product.pk] = fill(shop, product, dates, amounts)

    @property
    def today(self) -> date:
        return TODAY + timedelta(days=self.days)

    def one_sale(self) -> None:
        """One or two pieces of a product, sometimes of the lot that the scanner has read. Agrees with the model."""
        product, quantity = self.chance.choice(list(self.racks)), Decimal(self.chance.randrange(1, 3))
        rack = self.racks[product]
        lot = self.chance.choice(rack.lots)[2] if self.chance.random() < 0.1 else None
        expected = rack.take(quantity, on=self.today, only=lot)
        try:
            answer = sell(self.shop, [Goods(product, quantity, lot)], on=self.today)
        except NotEnoughStock:
            assert expected is None
            return
        assert {UUID(part["lot"]): part["quantity"] for part in answer} == expected
        self.sold += 1

    def a_day_passes(self) -> None:
        self.days += 1
        rack = self.racks[self.chance.choice(list(self.racks))]
        lot = self.chance.choice(rack.lots)[2]
        Lot.objects.filter(pk=lot).update(recalled_at=NOON)
        rack.recalled.add(lot)

    @property
    def kept(self) -> dict[UUID, Decimal]:
        return {lot[2]: lot[3] for rack in self.racks.values() for lot in rack.lots}


@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(1, 10**9))
def test_ten_thousand_sales_take_the_right_ones_of_three_hundred_lots(committed_shop: Shop, seed: int) -> None:
    with transaction.atomic():
        season = Season(committed_shop, seed)
        assert len(season.kept) == 300

    while season.sold < 10_000:
        with transaction.atomic():
            if season.sold > 200 * season.days:
                season.a_day_passes()
            for _ in range(20):
                season.one_sale()

    with transaction.atomic():
        sales = StockMove.objects.filter(kind="sale")
        assert sales.values("document_id").distinct().count() == season.sold
        assert dict(StockLevel.objects.values_list("lot", "on_hand")) == season.kept
        gone = dict(sales.values_list("lot").annotate(sum=-Sum("quantity")))
        brought = dict(StockMove.objects.filter(kind="receipt").values_list("lot", "quantity"))
        assert {lot: brought[lot] - gone.get(lot, 0) for lot in brought} == season.kept


def test_the_lines_of_one_sale_share_the_lots_among_them(shop: Shop) -> None:
    chance = Random(2026)
    products = [shop.product(f"P{i}", tracks_lots=True) for i in range(4)]
    racks = {}
    for product in products:
        dates = [TODAY + timedelta(days=chance.randrange(-5, 60)) for _ in range(15)]
        racks[product.pk] = fill(shop, product, dates, [Decimal(chance.randrange(10, 40)) for _ in dates])

    for _ in range(20):
        lines = [Goods(chance.choice(products).pk, Decimal(chance.randrange(1, 3)), line=uuid7()) for _ in range(20)]
        expected = {}
        for line in lines:
            taken = racks[line.product].take(line.quantity)
            assert taken is not None
            expected |= {(line.line, lot): part for lot, part in taken.items()}
        answer = sell(shop, lines)
        assert {(UUID(part["line"]), UUID(part["lot"])): part["quantity"] for part in answer} == expected


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
