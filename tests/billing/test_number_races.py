"""Numbers without a gap and without a repeat, however many tills ask for one at the same moment."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, repeat

import pytest
from django.db import transaction

from billing.chain_check import check_chains
from billing.models import Bill, DocumentSeries, Register, Shift
from billing.operations.checkout import checkout
from billing.operations.offline import Numbering
from billing.operations.quote import quote
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.posting.bills import Circumstances, draft_bill, post
from billing.queries import PostedBill
from billing.tenders import Settled
from catalog.models import Product
from pantrypal.core.errors import DomainError
from pantrypal.core.money import ZERO
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once

MARCH = datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)  # a second before the new fiscal year in Kolkata
APRIL = MARCH + timedelta(seconds=1)
NUMBER = re.compile(r"([A-Z0-9]{2,4})-([0-9]{2})-([0-9]{7})")  # CGST Rule 46(b)


class Unlucky(DomainError):
    """Something fails after the bill has got its number."""


def registers_of(shop: Shop, count: int) -> list[Register]:
    registers = [shop.register]
    for number in range(count - 1):
        made = create_register(store=shop.store, code=f"{number}", name="Till", actor=shop.actor, at=NOON)
        open_shift(register=made, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)
        registers.append(made)
    return registers


def sell(shop: Shop, milk: Product, register: Register, at: datetime) -> PostedBill:
    return checkout(shop.sale(line(milk), register=register), actor=shop.actor, at=at)


def test_5000_bills_of_32_tills_over_the_fiscal_year_with_one_in_ten_rolled_back_leave_no_gap(
    committed_shop: Shop,
) -> None:
    shop, sales = committed_shop, 5555
    with transaction.atomic():
        milk = shop.product(price="10.00", tracks_stock=False)
        registers = registers_of(shop, 8)
        shifts = {shift.register_id: shift for shift in Shift.objects.all()}
        priced = quote(shop.sale(line(milk)).basket, customer=None, at=MARCH)  # once: the race is about numbers
    paid = [Settled("cash", Decimal("10.00"), Decimal("10.00"), "")]

    def ring_up(number: int) -> bool:
        at = MARCH if number < sales // 2 else APRIL
        sale = shop.sale(line(milk), register=registers[number % len(registers)])
        given = Circumstances(shifts[sale.register.pk], None, ZERO, False, shop.actor, at, at, Numbering())
        answer = post(draft_bill(sale, priced, paid, given), store=shop.store, actor=shop.actor)
        if number % 10 == 9:
            raise Unlucky
        return "number" in answer

    answers = all_at_once(shop.org.pk, [lambda n=n: ring_up(n) for n in range(sales)], clients=32)

    assert answers.count(True) == 5000
    with transaction.atomic():
        numbers = list(Bill.objects.order_by("sequence").values_list("number", flat=True))
        assert len({number.upper() for number in numbers}) == 5000
        of_series = defaultdict(list)
        for number in numbers:
            match = NUMBER.fullmatch(number)
            assert match, number
            of_series[match[1], match[2]].append(int(match[3]))
        assert {year for _prefix, year in of_series} == {"25", "26"}
        assert len(of_series) == 16
        assert all(given == list(range(1, len(given) + 1)) for given in of_series.values())
        assert list(check_chains()) == []


@pytest.mark.parametrize("tills", [1, 8], ids=["one register", "many registers"])
def test_the_first_sales_of_a_year_at_once_begin_its_series_once(committed_shop: Shop, tills: int) -> None:
    shop, years = committed_shop, range(2026, 2030)
    with transaction.atomic():
        milk = shop.product(price="10.00", tracks_stock=False)
        registers = registers_of(shop, tills)
    at_once = [*chain.from_iterable(repeat(registers, 16 // tills))]

    for year in years:
        at = APRIL.replace(year=year)
        all_at_once(shop.org.pk, [lambda till=till, at=at: sell(shop, milk, till, at) for till in at_once])

    with transaction.atomic():
        assert Bill.objects.count() == 16 * len(years)
        series = DocumentSeries.objects.values_list("register", "fiscal_year", "last_number")
        assert sorted(series) == sorted((till.pk, year, 16 // tills) for till in registers for year in years)
        assert list(check_chains()) == []
