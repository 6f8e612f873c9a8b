"""Whatever is changed in posted rows, by whomever: found, and located."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from billing.chain_check import check_chains
from billing.ledger_check import check_documents
from billing.models import CashMovement
from billing.operations.cash import move_cash
from billing.operations.returns import take_goods_back
from billing.operations.shifts import close_shift, open_shift
from billing.return_request import RefundTender, ReturnRequest
from billing.sale import Buyer, Tender
from customers.ledger_check import check_balances
from inventory.ledger_check import check_stock
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7
from tests.owner import owner_connection
from tests.shop import NOON, Shop, line


@pytest.fixture
def traded(committed_shop: Shop) -> Shop:
    """Three bills, a return with store credit, a closed shift: all posted and committed."""
    shop = committed_shop
    with transaction.atomic():
        milk, soap = shop.product("Milk", price="63.00"), shop.product("Soap", price="45.50", rate="18")
        shop.stock(milk, "20")
        shop.stock(soap, "20")
        for quantity in "123":
            posted = shop.sell(line(milk, quantity), line(soap), buyer=Buyer(phone="+919812345678", name="Lakshmi"))
        credit = (RefundTender("store_credit"),)
        request = ReturnRequest(uuid7(), posted.bill, shop.store, shop.register, "sour", refunds=credit)
        take_goods_back(request, actor=shop.actor, at=NOON)
        cash = {"kind": CashMovement.Kind.CASH_IN, "amount": Decimal("50.00"), "reason": "change"}
        move_cash(shift=shop.shift, store=shop.store, actor=shop.actor, at=NOON, **cash)
        close_shift(shift=shop.shift, counted_cash=ZERO, actor=shop.actor, at=NOON)
        shop.shift = open_shift(register=shop.register, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)
        shop.sell(line(milk), payments=(Tender("upi", reference="T1"),))
    return shop


def findings() -> list[str]:
    with transaction.atomic():
        checks = (check_chains(), check_documents(), check_stock(), check_balances())
        return [str(finding) for check in checks for finding in check]


def test_what_was_posted_is_found_whole(traded: Shop) -> None:
    assert findings() == []
    out = StringIO()
    call_command("verify_chain", traded.org.slug, stdout=out)
    call_command("verify_ledgers", traded.org.slug, stdout=out)
    assert out.getvalue().splitlines() == ["1 organizations verified; nothing is wrong."] * 2


def failing_commands(shop: Shop) -> list[str]:
    failing = []
    for command in ("verify_chain", "verify_ledgers"):
        try:
            call_command(command, shop.org.slug, stdout=StringIO())
        except CommandError:
            failing.append(command)
    return failing


SECOND = "B1A-25-0000002"
BILL = "id = (SELECT id FROM billing_bill WHERE org_id = %(org)s AND sequence = 2)"
OF_BILL = "bill_id = (SELECT id FROM billing_bill WHERE org_id = %(org)s AND sequence = 2)"

TAMPERING = {
    "a bill's total lowered": (
        f"UPDATE billing_bill SET total = total - 1, taxable = taxable - 1 WHERE {BILL}",
        SECOND,
    ),
    "a bill moved to another day": (f"UPDATE billing_bill SET document_date = '2026-03-01' WHERE {BILL}", SECOND),
    "another cashier": (f"UPDATE billing_bill SET cashier = 'Nobody' WHERE {BILL}", SECOND),
    "another number": (f"UPDATE billing_bill SET number = 'B1A-25-0000099' WHERE {BILL}", "B1A-25-0000099"),
    "a bill removed": (f"DELETE FROM billing_bill WHERE {BILL}", "B1A-25-0000003"),
    "the last bill removed, and the series set back": (
        """
        WITH last AS (DELETE FROM billing_bill WHERE org_id = %(org)s AND sequence = 4 RETURNING *),
             lines AS (DELETE FROM billing_billline USING last WHERE bill_id = last.id),
             paid AS (DELETE FROM billing_payment USING last WHERE bill_id = last.id)
        UPDATE billing_documentseries s
           SET last_number = 3, head_hash = last.previous_hash, total = s.total - last.total
          FROM last WHERE s.id = last.series_id
        """,
        "B1A-25-0000004",
    ),
    "a bill slipped in": (
        """
        INSERT INTO billing_bill SELECT (jsonb_populate_record(b, jsonb_build_object(
          'id', gen_random_uuid(), 'number', 'B1A-25-0000005', 'sequence', 5))).*
          FROM billing_bill b WHERE org_id = %(org)s AND sequence = 4
        """,
        "B1A-25-0000005",
    ),
    "two bills that changed places": (
        "UPDATE billing_bill SET sequence = 5 - sequence WHERE org_id = %(org)s AND sequence IN (2, 3)",
        "B1A-25-0000002",
    ),
    "a line's quantity": (
        f"UPDATE billing_billline SET quantity = quantity + 1 WHERE {OF_BILL} AND position = 1",
        SECOND,
    ),
    "a line's name": (f"UPDATE billing_billline SET name = 'Rice' WHERE {OF_BILL} AND position = 1", SECOND),
    "a line's tax": (f"UPDATE billing_billline SET tax = tax - 1, taxable = taxable + 1 WHERE {OF_BILL}", SECOND),
    "a line removed": (f"DELETE FROM billing_billline WHERE {OF_BILL} AND position = 2", SECOND),
    "a line's cost": (f"UPDATE billing_billline SET cost = cost + 1 WHERE {OF_BILL} AND position = 1", SECOND),
    "a payment's method": (f"UPDATE billing_payment SET method = 'card' WHERE {OF_BILL}", SECOND),
    "a payment removed": (f"DELETE FROM billing_payment WHERE {OF_BILL}", SECOND),
    "another buyer": (f"UPDATE billing_billbuyer SET name = 'Nobody' WHERE {OF_BILL}", SECOND),
    "a content hash made to fit": (f"UPDATE billing_bill SET content_hash = repeat('0', 64) WHERE {BILL}", SECOND),
    "a link made to fit": (f"UPDATE billing_bill SET hash = repeat('0', 64) WHERE {BILL}", SECOND),
    "a number skipped": (
        "UPDATE billing_documentseries SET last_number = last_number + 1 WHERE org_id = %(org)s",
        "B1A-25",
    ),
    "a grand total": ("UPDATE billing_documentseries SET total = total - 1 WHERE org_id = %(org)s", "B1A-25"),
    "a credit note's total": (
        "UPDATE billing_creditnote SET total = total + 1, taxable = taxable + 1 WHERE org_id = %(org)s",
        "CB1A-25-0000001",
    ),
    "a credit note removed": ("DELETE FROM billing_creditnote WHERE org_id = %(org)s", "CB1A-25"),
    "a refund's amount": ("UPDATE billing_refund SET amount = amount + 1 WHERE org_id = %(org)s", "CB1A-25-0000001"),
    "a seller's address": (
        'UPDATE billing_sellersnapshot SET content = content || \'{"gstin": "X"}\' WHERE org_id = %(org)s',
        "seller",
    ),
    "a stock move's quantity": (
        "UPDATE inventory_stockmove SET quantity = quantity - 1 WHERE org_id = %(org)s AND kind = 'sale'",
        "P",
    ),
    "a stock move removed": ("DELETE FROM inventory_stockmove WHERE org_id = %(org)s AND kind = 'opening'", "P"),
    "a stock level": ("UPDATE inventory_stocklevel SET on_hand = on_hand + 1 WHERE org_id = %(org)s", "P"),
    "a store credit's balance": (
        "UPDATE customers_storedvalue SET balance = balance + 1 WHERE org_id = %(org)s",
        "stored value",
    ),
    "a store credit's entry": ("DELETE FROM customers_storedvalueentry WHERE org_id = %(org)s", "CB1A-25-0000001"),
    "a shift's running books": ("UPDATE billing_shifttally SET amount = amount - 1 WHERE org_id = %(org)s", "shift"),
    "a Z report's figures": (
        'UPDATE billing_zreport SET figures = figures || \'{"variance": "0.00"}\' WHERE org_id = %(org)s',
        "Z 1",
    ),
    "a Z report removed": ("DELETE FROM billing_zreport WHERE org_id = %(org)s", "shift"),
    "a shift's expected cash": (
        "UPDATE billing_shift SET expected_cash = expected_cash - 1 WHERE org_id = %(org)s AND closed_at IS NOT NULL",
        "shift",
    ),
    "a bill's taxes by rate": (f"UPDATE billing_bill SET taxes = '[]' WHERE {BILL}", SECOND),
    "a bill moved to another shift": (
        f"""
        UPDATE billing_bill SET shift_id = (
          SELECT id FROM billing_shift WHERE org_id = %(org)s AND closed_at IS NULL) WHERE {BILL}
        """,
        SECOND,
    ),
    "another buyer's GSTIN": (f"UPDATE billing_bill SET buyer_gstin = '29AAGCB7383J1Z4' WHERE {BILL}", SECOND),
    "a payment's account": (f"UPDATE billing_payment SET reference = 'T2' WHERE {OF_BILL}", SECOND),
    "a credit note's reason": ("UPDATE billing_creditnote SET reason = 'x' WHERE org_id = %(org)s", "CB1A-25-0000001"),
    "a credit note's line": (
        "UPDATE billing_creditnoteline SET quantity = quantity - 1 WHERE org_id = %(org)s AND position = 1",
        "CB1A-25-0000001",
    ),
    "what became of goods that came back": (
        "UPDATE billing_creditnoteline SET disposition = 'damaged' WHERE org_id = %(org)s",
        "CB1A-25-0000001",
    ),
    "a credit note's line removed": (
        "DELETE FROM billing_creditnoteline WHERE org_id = %(org)s AND position = 2",
        "CB1A-25-0000001",
    ),
    "a refund's method": ("UPDATE billing_refund SET method = 'cash' WHERE org_id = %(org)s", "CB1A-25-0000001"),
    "a store credit raised together with its entry": (
        """
        WITH raised AS (UPDATE customers_storedvalueentry SET amount = amount + 10 WHERE org_id = %(org)s RETURNING *)
        UPDATE customers_storedvalue SET balance = balance + 10 WHERE org_id = %(org)s
        """,
        "CB1A-25-0000001",
    ),
    "a store credit made of nothing": (
        """
        WITH given AS (UPDATE customers_storedvalue SET balance = balance + 10 WHERE org_id = %(org)s RETURNING *)
        INSERT INTO customers_storedvalueentry (id, org_id, account_id, amount, document_type, document_id, actor, at)
        SELECT gen_random_uuid(), org_id, id, 10, 'credit_note', gen_random_uuid(), 'Nobody', now() FROM given
        """,
        "stored value",
    ),
    "the tax of a shift's running books": (
        "UPDATE billing_shifttally SET amount = amount - 1 WHERE org_id = %(org)s AND kind = 'tax'",
        "tax CGST 2.5",
    ),
    "how many bills a shift has": (
        "UPDATE billing_shifttally SET count = count - 1 WHERE org_id = %(org)s AND kind = 'sales'",
        "sales",
    ),
    "cash that was put into the drawer": ("DELETE FROM billing_cashmovement WHERE org_id = %(org)s", "cash cash_in"),
    "a Z report's grand total": (
        "UPDATE billing_zreport SET grand_total = grand_total - 1 WHERE org_id = %(org)s",
        "Z 1",
    ),
    "an audit entry removed": (
        "DELETE FROM journal_auditentry WHERE org_id = %(org)s AND subject_label = 'B1A-25-0000002'",
        "B1A-25-0000002",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_and_located(traded: Shop, what: str) -> None:
    statement, where = TAMPERING[what]
    with owner_connection() as owner:
        assert owner.execute(statement, {"org": traded.org.pk}).rowcount > 0

    found = findings()

    assert any(where in finding for finding in found), found
    assert failing_commands(traded)


def test_a_person_can_be_forgotten_without_breaking_the_chain(traded: Shop) -> None:
    with owner_connection() as owner:
        owner.execute(
            "UPDATE billing_billbuyer SET name = '', phone = '', salt = '', erased_at = now() WHERE org_id = %s",
            [traded.org.pk],
        )

    assert findings() == []


def test_amounts_are_found_as_they_were_posted_in_any_currency_form(traded: Shop) -> None:
    with transaction.atomic():
        dear = traded.product("Gold", price="1234567.89", tracks_stock=False)
        traded.sell(line(dear, "2"), expected_total=Decimal("2469135.78"))

    assert findings() == []
