"""A till goes on selling while the line is down, and every bill is in the books afterwards, once, as it was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from billing.chain_check import check_chains
from billing.ledger_check import check_documents
from billing.models import Bill, Register
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from pantrypal.core.models import User
from pantrypal.core.money import ZERO
from tests.browser.chromium import Chromium
from tests.browser.line import Line, line_to
from tests.browser.offline_till import OfflineTill, offline_till
from tests.browser.shelf import Shelf
from tests.browser.site import Site
from tests.shop import Shop

Tills = Callable[..., OfflineTill]


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    with line_to(site) as made:
        yield made


@pytest.fixture
def tills(chromium: Chromium, line: Line, committed_shop: Shop, shelf: Shelf, cashier: User) -> Iterator[Tills]:
    """Opens a till at a register, which then could go on without a connection."""
    with ExitStack() as stack:

        def comes(register: Register = committed_shop.register) -> OfflineTill:
            return stack.enter_context(offline_till(chromium, line, committed_shop, register, cashier)).learns()

        yield comes


@pytest.fixture
def counter_b(committed_shop: Shop) -> Register:
    shop = committed_shop
    with transaction.atomic():
        made = create_register(store=shop.store, code="B", name="Counter B", actor=shop.actor, at=timezone.now())
        open_shift(register=made, store=shop.store, opening_float=ZERO, actor=shop.actor, at=timezone.now())
    return made


def test_twenty_sales_on_two_registers_are_twenty_bills_with_the_numbers_on_their_paper(
    line: Line, tills: Tills, counter_b: Register, shelf: Shelf
) -> None:
    both = [tills(), tills(counter_b)]
    printed = []
    for till in both:
        till.goes_off().visitor.scan(shelf.code(shelf.salt)).sees("no connection", ".till-bar").sees("₹24.00", "#total")
        till.visitor.press("Shift+Delete").press("Enter").sees("Ready for the next customer")
        printed += [till.sells(shelf.code(shelf.dal), "₹168.00", given="200") for _sale in range(5)]
    for till in both:
        till.visitor.do(lambda page: page.reload())
        till.visitor.sees("5 bills wait", "#waiting").has_focus_on("#code")
        printed += [till.sells(shelf.code(shelf.milk), "₹28.00") for _sale in range(5)]
        assert till.waiting() == 10
    both[0].visitor.is_accessible().shoots("offline-ready", "1366x768", "390x844")
    line.lost = 3
    for till in both:
        till.is_back()

    with transaction.atomic():
        bills = dict(Bill.objects.values_list("number", "total"))
        assert Bill.objects.count() == 20
        assert [*check_chains(), *check_documents()] == []
    assert sorted(bills) == sorted(printed)
    assert set(printed) == {f"FB1{code}-26-{number:07}" for code in "AB" for number in range(1, 11)}
    assert sorted(bills.values()) == [Decimal("28.00")] * 10 + [Decimal("168.00")] * 10
