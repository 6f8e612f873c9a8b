"""Tills that do the same thing at the same moment."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import Bill, DocumentSeries, ShiftTally
from billing.operations.checkout import checkout
from billing.operations.shifts import close_shift
from billing.queries import PostedBill
from billing.refusals import BillIdReused, InsufficientStock, ShiftNotOpen
from inventory.models import StockMove
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line
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


def test_five_hundred_bills_of_one_register_are_numbered_without_a_gap(committed_shop: Shop) -> None:
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

    answers = all_at_once(shop.org.pk, [lambda i=i: sell(i) for i in range(555)], clients=8)

    posted = [answer for answer in answers if isinstance(answer, PostedBill)]
    with transaction.atomic():
        assert len(posted) == 499
        assert sorted(Bill.objects.values_list("sequence", flat=True)) == list(range(1, 500))
        series = DocumentSeries.objects.get()
        last = Bill.objects.get(sequence=499)
        assert (series.last_number, series.total, series.head_hash) == (499, Decimal("4990.00"), last.hash)
        assert ShiftTally.objects.get(kind="sales").amount == Decimal("4990.00")
        assert shop.on_hand(milk) == Decimal("501.000")


def test_tills_with_the_same_goods_in_another_order_do_not_deadlock(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        goods = [shop.product(f"Item {i}", price="5.00") for i in range(12)]
        for product in goods:
            shop.stock(product, "1000")
    dice = random.Random(7)
    carts = [dice.sample(goods, 8) for _ in range(120)]

    answers = all_at_once(
        shop.org.pk, [lambda cart=cart: shop.sell(*(line(item) for item in cart)) for cart in carts], clients=12
    )

    assert all(isinstance(answer, PostedBill) for answer in answers)
    with transaction.atomic():
        assert sum((shop.on_hand(product) for product in goods), ZERO) == 12 * 1000 - 120 * 8


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
