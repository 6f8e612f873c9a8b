from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from billing.models import CashMovement, Register, ShiftTally, ZReport
from billing.operations.cash import NotInTheDrawer, move_cash, open_drawer
from billing.operations.registers import create_register
from billing.operations.shifts import ShiftAlreadyOpen, close_shift, open_shift
from billing.refusals import ApprovalRequired, ShiftNotOpen
from billing.reports.shifts import shift_figures
from billing.sale import Tender
from pantrypal.core.access import Role
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO
from pantrypal.core.operations.organizations import create_store
from tests.shop import NOON, Shop, line

Kind = CashMovement.Kind


def close(shop: Shop, counted: str, **denominations: int) -> ZReport:
    shift = close_shift(
        shift=shop.shift,
        counted_cash=Decimal(counted),
        denominations={name.lstrip("n"): count for name, count in denominations.items()},
        actor=shop.actor,
        at=NOON,
    )
    return ZReport.objects.get(shift=shift)


def move(shop: Shop, kind: Kind, amount: str) -> None:
    move_cash(
        shift=shop.shift,
        store=shop.store,
        kind=kind,
        amount=Decimal(amount),
        reason="change",
        actor=shop.actor,
        at=NOON,
    )


def test_a_register_has_one_open_shift(shop: Shop) -> None:
    with pytest.raises(ShiftAlreadyOpen):
        open_shift(register=shop.register, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)


def test_the_expected_cash_is_what_must_lie_in_the_drawer(shop: Shop) -> None:
    milk = shop.product(price="63.00", tracks_stock=False)
    shop.sell(line(milk), payments=(Tender("cash", tendered=Decimal("100.00")),))
    shop.sell(line(milk), payments=(Tender("upi"),))
    move(shop, Kind.CASH_IN, "200.00")
    move(shop, Kind.CASH_OUT, "50.00")
    move(shop, Kind.DROP, "300.00")

    report = close(shop, "410.00", n200=2, n10=1)

    shop.shift.refresh_from_db()
    assert shop.shift.expected_cash == Decimal("413.00")
    assert report.figures["variance"] == "-3.00"
    assert report.figures["payments"] == {
        "cash": {"amount": "63.00", "count": 1},
        "upi": {"amount": "63.00", "count": 1},
    }
    assert report.figures["denominations"] == {"200": 2, "10": 1}
    assert (report.period_total, report.grand_total) == (Decimal("126.00"), Decimal("126.00"))


def test_notes_and_coins_add_up_to_the_counted_cash(shop: Shop) -> None:
    with pytest.raises(Invalid, match="add up to 400, not to 410.00"):
        close(shop, "410.00", n200=2)

    shop.shift.refresh_from_db()
    assert shop.shift.is_open


def test_no_more_is_taken_out_than_lies_in_the_drawer(shop: Shop) -> None:
    with pytest.raises(NotInTheDrawer):
        move(shop, Kind.CASH_OUT, "500.01")

    assert not CashMovement.objects.exists()


def test_a_cashier_opens_the_drawer_with_a_managers_approval_only(shop: Shop) -> None:
    cashier = shop.actor_as(Role.CASHIER)
    values = {"shift": shop.shift, "store": shop.store, "reason": "change a note", "approval": None, "at": NOON}

    with pytest.raises(ApprovalRequired):
        open_drawer(actor=cashier, **values)
    open_drawer(actor=shop.actor, **values)

    assert shift_figures(shop.shift).cash["no_sale"].count == 1


def test_z_reports_are_numbered_and_their_grand_total_only_goes_on(shop: Shop) -> None:
    milk = shop.product(price="63.00", tracks_stock=False)
    reports = []
    for _ in range(3):
        shop.sell(line(milk))
        reports.append(close(shop, "0"))
        shop.shift = open_shift(register=shop.register, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)

    assert [report.number for report in reports] == [1, 2, 3]
    assert [report.grand_total for report in reports] == [Decimal("63.00"), Decimal("126.00"), Decimal("189.00")]
    assert [report.previous_hash for report in reports] == ["", reports[0].hash, reports[1].hash]


def test_a_closed_shift_takes_nothing_more(shop: Shop) -> None:
    milk = shop.product(tracks_stock=False)
    close(shop, "500.00")

    with pytest.raises(ShiftNotOpen):
        shop.sell(line(milk))
    with pytest.raises(ShiftNotOpen):
        move(shop, Kind.CASH_IN, "1.00")
    with pytest.raises(ShiftNotOpen):
        close(shop, "500.00")


def test_the_report_reads_as_many_rows_after_many_bills_as_after_one(shop: Shop) -> None:
    milk = shop.product(price="10.00", tracks_stock=False)
    shop.sell(line(milk))
    rows = ShiftTally.objects.count()
    for _ in range(20):
        shop.sell(line(milk))

    assert ShiftTally.objects.count() == rows
    assert shift_figures(shop.shift).sales.amount == Decimal("210.00")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_bill SET total = 0",
        "DELETE FROM billing_bill",
        "UPDATE billing_billline SET quantity = 1",
        "DELETE FROM billing_payment",
        "UPDATE billing_creditnote SET total = 0",
        "UPDATE billing_zreport SET grand_total = 0",
        "DELETE FROM billing_approval",
        "DELETE FROM billing_cashmovement",
        "DELETE FROM customers_storedvalueentry",
        "DELETE FROM journal_auditentry",
    ],
)
def test_posted_rows_cannot_be_changed_nor_removed(shop: Shop, statement: str) -> None:
    shop.sell(line(shop.product(tracks_stock=False)))

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("store", "code"), [("B1", "A"), ("B", "1A"), ("CB", "1A"), ("FB", "1A")])
def test_no_two_registers_number_their_documents_alike(shop: Shop, store: str, code: str) -> None:
    other = shop.store if store == "B1" else create_store(actor=shop.actor, at=NOON, code=store, name="Other")

    with pytest.raises(Invalid):
        create_register(store=other, code=code, name="Counter", actor=shop.actor, at=NOON)

    assert Register.objects.count() == 1
