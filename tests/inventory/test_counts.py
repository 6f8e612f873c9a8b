"""Counting while the shop trades: blind, by several people, posted as true differences only."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from catalog.models import Category, Product
from inventory.models import CountScan, Lot, StockCount, StockCountLine, StockLevel, StockMove
from inventory.operations.count_posting import post_count
from inventory.operations.stock import Goods, Source, add_stock
from inventory.operations.stock_counts import Scan, ask_recount, cancel_count, open_count, record_scan, undo_scan
from inventory.queries.counts import tally
from inventory.refusals import CountEnded, CountIncomplete, NothingToUndo
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid, NotFound
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line

MINUTE = timedelta(minutes=1)


def after(minutes: float) -> datetime:
    return NOON + minutes * MINUTE


def opened(shop: Shop, **values: Any) -> StockCount:
    return open_count(StockCount(**values), store=shop.store, actor=shop.actor, at=after(0.5))


def scan(shop: Shop, count: StockCount, product: Product, quantity: str, minutes: float, **values: Any) -> CountScan:
    seen = Scan(uuid7(), product.pk, Decimal(quantity), at=after(minutes), **values)
    return record_scan(count, seen, actor=shop.actor, at=after(minutes))


def post(shop: Shop, count: StockCount, minutes: float = 60, **values: Any) -> StockCount:
    return post_count(count, actor=shop.actor, at=after(minutes), **values)


def receive(shop: Shop, product: Product, quantity: str, at: datetime) -> None:
    source = Source("test", uuid7(), "test", at)
    add_stock([Goods(product.pk, Decimal(quantity))], store=shop.store.pk, kind=StockMove.Kind.RECEIPT, source=source)


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 1 l")
    shop.stock(product, "10", cost="41.50")
    return product


def test_sales_before_and_after_the_scan_make_no_difference(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    shop.sell(line(milk, "2"), at=after(1))
    scan(shop, count, milk, "8", 2)
    shop.sell(line(milk, "3"), at=after(3))

    posted = post(shop, count)

    assert shop.on_hand(milk) == Decimal("5.000")
    assert not StockMove.objects.filter(kind="count").exists()
    result = StockCountLine.objects.get(count=posted)
    assert (result.counted, result.expected, result.variance) == (8, 8, 0)


def test_a_sale_made_off_line_before_the_scan_makes_no_difference(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    scan(shop, count, milk, "8", 2)
    shop.sell(line(milk, "2"), at=after(10), occurred_at=after(1))  # the till was found by the network again

    post(shop, count)

    assert shop.on_hand(milk) == Decimal("8.000")
    assert not StockMove.objects.filter(kind="count").exists()


def test_a_true_difference_is_posted_with_its_reason(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    scan(shop, count, milk, "9", 2)
    shop.sell(line(milk, "3"), at=after(3))

    post(shop, count, reasons={milk.pk: "Cat on the shelf"})

    assert shop.on_hand(milk) == Decimal("6.000")
    move = StockMove.objects.get(kind="count")
    assert (move.quantity, move.unit_cost, move.reason) == (Decimal("-1.000"), Decimal("41.5000"), "Cat on the shelf")
    assert OutboxEvent.objects.filter(topic="stock_count.posted").count() == 1
    assert AuditEntry.objects.get(action="stock_count.posted").data == {"lines": 1, "different": 1}


def test_several_people_count_parts_of_the_same_product(shop: Shop, milk: Product) -> None:
    count, cashier = opened(shop), shop.actor_as(Role.CASHIER)
    scan(shop, count, milk, "4", 1)
    record_scan(count, Scan(uuid7(), milk.pk, Decimal(6), at=after(2)), actor=cashier, at=after(2))

    (found,) = tally(count, at=after(3))

    assert (found.seen.quantity, found.verdict.variance) == (10, 0)
    assert found.seen.people == {shop.actor.label, cashier.label}


def test_a_scan_that_is_sent_twice_is_one_and_an_undone_one_is_none(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    seen = Scan(uuid7(), milk.pk, Decimal(10), at=after(1))
    for _ in range(2):
        record_scan(count, seen, actor=shop.actor, at=after(1))
    wrong = scan(shop, count, milk, "7", 2)

    undo_scan(count, wrong.pk, undo_id=uuid7(), actor=shop.actor, at=after(3))

    assert [found.seen.quantity for found in tally(count, at=after(4))] == [10]
    with pytest.raises(NothingToUndo):
        undo_scan(count, wrong.pk, undo_id=uuid7(), actor=shop.actor, at=after(4))
    with pytest.raises(NothingToUndo):
        undo_scan(count, seen.id, undo_id=uuid7(), actor=shop.actor_as(Role.CASHIER), at=after(4))


def test_what_was_sold_while_it_was_counted_is_never_a_difference(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    scan(shop, count, milk, "6", 1)  # the six in front
    shop.sell(line(milk, "1"), at=after(2))  # taken from those six, or from the four behind?
    scan(shop, count, milk, "3", 3)

    post(shop, count)

    assert shop.on_hand(milk) == Decimal("9.000")


def test_an_outlier_is_counted_again_before_it_is_believed(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    scan(shop, count, milk, "5", 1)
    with pytest.raises(CountIncomplete, match="1 products differ so much"):
        post(shop, count)

    ask_recount(count, [milk.pk], actor=shop.actor, at=after(5))
    with pytest.raises(CountIncomplete, match="1 products are still to be counted again"):
        post(shop, count, accepts_doubtful=True)
    scan(shop, count, milk, "10", 6)
    post(shop, count)

    assert shop.on_hand(milk) == Decimal("10.000")
    assert not StockMove.objects.filter(kind="count").exists()


def test_a_full_count_finds_what_nobody_has_seen(shop: Shop, milk: Product) -> None:
    sugar = shop.product("Sugar")
    shop.stock(sugar, "3")
    count = opened(shop, scope="full")
    scan(shop, count, milk, "10", 1)
    shop.sell(line(sugar, "1"), at=after(2))

    with pytest.raises(CountIncomplete):
        post(shop, count)
    post(shop, count, accepts_doubtful=True)

    assert (shop.on_hand(milk), shop.on_hand(sugar)) == (10, 0)


def test_goods_that_came_after_the_counters_had_passed_stay(shop: Shop, milk: Product) -> None:
    count = opened(shop, scope="full")
    tea = shop.product("Tea")
    receive(shop, tea, "5", after(2))
    scan(shop, count, milk, "10", 3)

    post(shop, count, accepts_doubtful=True)

    assert shop.on_hand(tea) == Decimal("5.000")


def test_a_category_is_counted_alone(shop: Shop, milk: Product) -> None:
    dairy = Category.objects.create(name="Dairy")
    Product.objects.filter(pk=milk.pk).update(category=dairy)
    other = shop.product("Sugar")
    shop.stock(other, "3")
    count = opened(shop, scope="category", category=dairy)

    post(shop, count, accepts_doubtful=True)

    assert (shop.on_hand(milk), shop.on_hand(other)) == (0, 3)
    with pytest.raises(Invalid):
        opened(shop, scope="category")


def test_lots_are_told_apart_where_every_scan_names_one(shop: Shop) -> None:
    curd = shop.product("Curd", tracks_lots=True)
    lots = [Lot.objects.create(product=curd, code=code) for code in ("A", "B")]
    for lot in lots:
        shop.stock(curd, "5", lot=lot.pk)
    count = opened(shop)
    scan(shop, count, curd, "6", 1, lot=lots[0].pk)
    scan(shop, count, curd, "4", 2, lot=lots[1].pk)

    post(shop, count)

    assert [StockLevel.objects.get(lot=lot).on_hand for lot in lots] == [6, 4]


def test_goods_found_without_a_lot_go_to_the_one_that_expires_last(shop: Shop) -> None:
    curd = shop.product("Curd", tracks_lots=True)
    for code, day in (("A", "2026-03-05"), ("B", "2026-03-09")):
        shop.stock(curd, "5", lot=Lot.objects.create(product=curd, code=code, expires_on=day).pk)
    count = opened(shop)
    scan(shop, count, curd, "11", 1)

    post(shop, count)

    assert StockLevel.objects.get(lot__code="B").on_hand == Decimal("6.000")


def test_goods_sold_below_zero_are_put_right(shop: Shop) -> None:
    shop.store.stock_policy = "allow"
    tea = shop.product("Tea")
    shop.sell(line(tea, "3"))
    count = opened(shop)
    scan(shop, count, tea, "4", 1)

    post(shop, count, accepts_doubtful=True)

    assert shop.on_hand(tea) == Decimal("4.000")


def test_an_ended_count_takes_no_scans(shop: Shop, milk: Product) -> None:
    count = opened(shop)
    cancel_count(count, actor=shop.actor, at=after(1))

    with pytest.raises(CountEnded):
        scan(shop, count, milk, "10", 2)
    with pytest.raises(CountEnded):
        post(shop, count)


def test_who_may_scan_may_not_post(shop: Shop, milk: Product) -> None:
    count, cashier = opened(shop), shop.actor_as(Role.CASHIER)
    record_scan(count, Scan(uuid7(), milk.pk, Decimal(1)), actor=cashier, at=after(1))

    with pytest.raises(Forbidden):
        post_count(count, actor=cashier, at=after(2))
    with pytest.raises(Forbidden):
        record_scan(count, Scan(uuid7(), milk.pk, Decimal(1)), actor=shop.actor_as(Role.AUDITOR), at=after(1))


@pytest.mark.parametrize("quantity", ["-1", "NaN", "0.0001", "1e30"])
def test_unsound_scans_are_refused(shop: Shop, milk: Product, quantity: str) -> None:
    count = opened(shop)

    with pytest.raises(Invalid):
        scan(shop, count, milk, quantity, 1)
    with pytest.raises(NotFound):
        record_scan(count, Scan(uuid7(), uuid7(), Decimal(1)), actor=shop.actor, at=after(1))


def test_scans_cannot_be_rewritten(shop: Shop, milk: Product) -> None:
    scan(shop, opened(shop), milk, "1", 1)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE inventory_countscan SET quantity = 5")
