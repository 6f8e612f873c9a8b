"""Tills that do the same thing at the same moment."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import Bill, DocumentSeries, ShiftTally
from billing.operations.checkout import checkout
from billing.operations.registers import create_register
from billing.operations.shifts import close_shift, open_shift
from billing.queries import PostedBill
from billing.refusals import BillIdReused, ExpiredLot, InsufficientStock, ShiftNotOpen
from inventory.models import Lot, StockMove
from pantrypal.core.money import ZERO
from pantrypal.core.operations.organizations import create_store
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, inside, line
from tests.threads import all_at_once


def test_fifty_clients_with_one_bill_id_make_one_bill(committed_shop: Shop) -> None:
    shop, bill_id = committed_shop, uuid7()
    with transaction.atomic():
        milk = shop.product()
        shop.stock(milk, "100")

    answers = all_at_once(shop.org.pk, [lambda: shop.sell(line(milk), id=bill_id)] * 50)

    assert {answer.bill.number for answer in answers if isinstance(answer, PostedBill)} == {"B1A-25-0000001"}
    assert sum(not answer.is_repeat for answer in answers if isinstance(answer, PostedBill)) == 1
    with transaction.atomic():
        assert Bill.objects.count() == 1
        assert shop.on_hand(milk) == Decimal("99.000")
        assert ShiftTally.objects.get(kind="sales").count == 1


def test_one_id_with_two_contents_makes_one_bill_and_refusals(committed_shop: Shop) -> None:
    shop, bill_id = committed_shop, uuid7()
    with transaction.atomic():
        milk = shop.product()
        shop.stock(milk, "100")

    jobs = [lambda i=i: shop.sell(line(milk, str(1 + i % 2)), id=bill_id) for i in range(20)]
    answers = all_at_once(shop.org.pk, jobs)

    assert sum(isinstance(answer, PostedBill) for answer in answers) == 10
    assert sum(isinstance(answer, BillIdReused) for answer in answers) == 10
    with transaction.atomic():
        assert Bill.objects.count() == 1


def test_fifty_clients_and_the_last_unit_make_one_bill_and_clear_refusals(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        butter = shop.product("Butter")
        shop.stock(butter, "1")

    answers = all_at_once(shop.org.pk, [lambda: shop.sell(line(butter))] * 50)

    assert sum(isinstance(answer, PostedBill) for answer in answers) == 1
    assert [str(answer) for answer in answers if isinstance(answer, InsufficientStock)] == [
        "Butter is out of stock."
    ] * 49
    with transaction.atomic():
        assert shop.on_hand(butter) == 0
        assert StockMove.objects.filter(kind=StockMove.Kind.SALE).count() == 1


def test_fifty_clients_and_the_last_unit_of_each_of_two_stores_sell_one_in_each(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        butter = shop.product("Butter")
        shop.stock(butter, "1")
        store = create_store(actor=shop.actor, at=NOON, code="B2", name="Jayanagar", rounding_step=ZERO)
        register = create_register(store=store, code="A", name="Counter", actor=shop.actor, at=NOON)
        open_shift(register=register, store=store, opening_float=ZERO, actor=shop.actor, at=NOON)
        there = replace(shop, store=store, register=register)
        there.stock(butter, "1")

    answers = all_at_once(shop.org.pk, [lambda at=at: at.sell(line(butter)) for at in [shop, there] * 25])

    sold = [answer.bill.store_id for answer in answers if isinstance(answer, PostedBill)]
    assert sorted(sold) == sorted([shop.store.pk, store.pk])
    assert sum(isinstance(answer, InsufficientStock) for answer in answers) == 48
    with transaction.atomic():
        assert (shop.on_hand(butter), there.on_hand(butter)) == (0, 0)


def test_fifty_clients_and_the_last_unit_of_a_lot_sell_it_once_and_nothing_expired(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        curd = shop.product("Curd", tracks_lots=True)
        for code, expires_on in (("OLD", "2026-03-01"), ("NEW", "2026-03-10")):
            shop.stock(curd, "1", lot=Lot.objects.create(product=curd, code=code, expires_on=expires_on).pk)

    answers = all_at_once(shop.org.pk, [lambda: shop.sell(line(curd))] * 50)

    assert sum(isinstance(answer, PostedBill) for answer in answers) == 1
    assert sum(isinstance(answer, ExpiredLot) for answer in answers) == 49
    with transaction.atomic():
        assert StockMove.objects.get(kind=StockMove.Kind.SALE).lot.code == "NEW"
        assert shop.on_hand(curd) == 1


def test_one_bill_id_is_two_bills_in_two_organizations(shop: Shop, other_shop: Shop) -> None:
    bill_id = uuid7()
    ours = shop.sell(line(shop.product(tracks_stock=False)), id=bill_id)

    with inside(other_shop):
        theirs = other_shop.sell(line(other_shop.product(price="10.00", tracks_stock=False)), id=bill_id)

    assert (ours.is_repeat, theirs.is_repeat) == (False, False)
    assert (ours.bill.total, theirs.bill.total) == (Decimal("63.00"), Decimal("10.00"))


def test_a_bill_id_is_the_same_bill_a_year_later(shop: Shop) -> None:
    milk, bill_id = shop.product(tracks_stock=False), uuid7()
    first = shop.sell(line(milk), id=bill_id)
    milk.price = Decimal("70.00")
    milk.save()

    again = shop.sell(line(milk), id=bill_id, at=NOON + timedelta(days=365))

    assert (again.is_repeat, again.bill.number, again.bill.total) == (True, first.bill.number, Decimal("63.00"))
    assert Bill.objects.count() == 1


def test_a_hundred_bills_of_one_register_keep_series_books_and_stock_together(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="10.00")
        shop.stock(milk, "1000")

    class Lost(Exception):
        pass

    def sell(i: int) -> PostedBill | None:
        try:
            with transaction.atomic():
                posted = shop.sell(line(milk))
                if i % 10 == 0:
                    raise Lost
                return posted
        except Lost:
            return None  # rolled back after its number had been given out

    answers = all_at_once(shop.org.pk, [lambda i=i: sell(i) for i in range(111)], clients=8)

    posted = [answer for answer in answers if isinstance(answer, PostedBill)]
    with transaction.atomic():
        assert len(posted) == 99
        assert sorted(Bill.objects.values_list("sequence", flat=True)) == list(range(1, 100))
        series = DocumentSeries.objects.get()
        last = Bill.objects.get(sequence=99)
        assert (series.last_number, series.total, series.head_hash) == (99, Decimal("990.00"), last.hash)
        assert ShiftTally.objects.get(kind="sales").amount == Decimal("990.00")
        assert shop.on_hand(milk) == Decimal("901.000")


def test_sixteen_tills_with_the_same_twenty_goods_in_another_order_do_not_deadlock(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        goods = [shop.product(f"Item {i}", price="5.00") for i in range(20)]
        for product in goods:
            shop.stock(product, "1000")
    dice = random.Random(7)
    carts = [dice.sample(goods, 20) for _ in range(96)]

    answers = all_at_once(
        shop.org.pk, [lambda cart=cart: shop.sell(*(line(item) for item in cart)) for cart in carts], clients=16
    )

    assert all(isinstance(answer, PostedBill) for answer in answers)
    with transaction.atomic():
        assert sum((shop.on_hand(product) for product in goods), ZERO) == 20 * 1000 - 96 * 20


@pytest.mark.parametrize("attempt", range(3))
def test_closing_a_shift_against_sales_in_flight_counts_each_sale_once(committed_shop: Shop, attempt: int) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="10.00")
        shop.stock(milk, "100")

    def close() -> None:
        close_shift(shift=shop.shift, counted_cash=ZERO, actor=shop.actor, at=NOON)

    def sell() -> PostedBill:
        return checkout(shop.sale(line(milk)), actor=shop.actor, at=NOON)

    answers = all_at_once(shop.org.pk, [sell] * 5 + [close] + [sell] * 5)

    posted = sum(isinstance(answer, PostedBill) for answer in answers)
    assert posted + sum(isinstance(answer, ShiftNotOpen) for answer in answers) == 10
    with transaction.atomic():
        shop.shift.refresh_from_db()
        assert shop.shift.expected_cash == Decimal("500.00") + 10 * posted
        assert Bill.objects.filter(shift=shop.shift).count() == posted
