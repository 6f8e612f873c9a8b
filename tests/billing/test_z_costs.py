"""The books of a shift balance after every sale, so a Z report is a read that costs the same after any number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from billing.ledger_check import check_documents
from billing.models import Bill, Shift, ZReport
from billing.operations.shifts import close_shift, open_shift
from pantrypal.core.money import ZERO
from tests.owner import owner_connection
from tests.shop import NOON, Shop, line

# A posted bill as billing_post_bill takes one.
AS_POSTED = """
    SELECT jsonb_build_object(
             'bill', to_jsonb(b),
             'seller', (SELECT to_jsonb(s) FROM billing_sellersnapshot s WHERE s.id = b.seller_id),
             'buyer', NULL,
             'lines', (SELECT jsonb_agg(to_jsonb(l)) FROM billing_billline l WHERE l.bill_id = b.id),
             'payments', (SELECT jsonb_agg(to_jsonb(p)) FROM billing_payment p WHERE p.bill_id = b.id),
             'tallies', (SELECT jsonb_agg(to_jsonb(t)) FROM billing_shifttally t WHERE t.shift_id = b.shift_id),
             'stock', '{"lines": [], "oversell": false}'::jsonb,
             'value', '[]'::jsonb,
             'coupons', '{"ids": [], "always": false}'::jsonb,
             'series', '{"kind": "bill", "fiscal_year": 2025, "prefix": "B1A"}'::jsonb,
             'audit', (SELECT to_jsonb(a) FROM journal_auditentry a WHERE a.subject_id = b.id::text),
             'event', (SELECT to_jsonb(e) FROM journal_outboxevent e WHERE e.payload ->> 'bill' = b.id::text))::text
      FROM billing_bill b WHERE b.id = %s
"""
# The same bill again and again, each time as a sale of its own with its own ids.
POST_AGAIN = """
    SELECT count(billing_post_bill(p || jsonb_build_object(
             'bill', p -> 'bill' || jsonb_build_object('id', id),
             'lines', jsonb_build_array(p #> '{lines,0}' || jsonb_build_object('id', id, 'bill_id', id)),
             'payments', jsonb_build_array(p #> '{payments,0}' || jsonb_build_object('id', id, 'bill_id', id)),
             'audit', p -> 'audit' || jsonb_build_object('id', id, 'subject_id', id),
             'event', jsonb_set(p -> 'event' || jsonb_build_object('id', id), '{payload,bill}', to_jsonb(id)))))
      FROM (SELECT %s::jsonb AS p, gen_random_uuid() AS id FROM generate_series(1, %s)) asked
"""
ROWS_READ = """
    SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
      FROM pg_stat_xact_user_tables WHERE schemaname = current_schema()
"""


@dataclass(frozen=True)
class Closing:
    statements: list[str]
    rows_read: dict[str, int]
    report: ZReport


def trade(shop: Shop, bills: int) -> Shift:
    """A new shift with so many equal sales, committed a few at a time as a day's are."""
    with transaction.atomic():
        milk = shop.product(price="10.50", rate="5", tracks_stock=False)
        shift = open_shift(register=shop.register, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)
        first = shop.sell(line(milk)).bill
        with connection.cursor() as cursor:
            cursor.execute(AS_POSTED, [first.pk])
            (posted,) = cursor.fetchone()
    for begun in range(1, bills, 50):
        if begun == 201:
            analyze()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(POST_AGAIN, [posted, min(50, bills - begun)])
    analyze()
    return shift


def analyze() -> None:
    """As autovacuum does: plans made for empty tables are not kept for full ones."""
    with owner_connection() as owner:
        owner.execute("ANALYZE")


def close(shop: Shop, shift: Shift) -> Closing:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # however few rows a small table has
        before = rows_read()
        with CaptureQueriesContext(connection) as captured:
            close_shift(shift=shift, counted_cash=ZERO, actor=shop.actor, at=NOON)
        after = rows_read()
        read = {table: rows - before.get(table, 0) for table, rows in after.items()}
        report = ZReport.objects.get(shift=shift)
    statements = [query["sql"].split()[0] for query in captured.captured_queries]
    return Closing(statements, {table: rows for table, rows in read.items() if rows}, report)


def rows_read() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS_READ)
        return dict(cursor.fetchall())


def test_a_z_report_costs_the_same_after_10_and_10000_bills_and_is_exact(committed_shop: Shop) -> None:
    shop = committed_shop
    close(shop, shop.shift)  # the register's first Z report looks for one before it in vain

    after_few = close(shop, trade(shop, 10))
    after_many = close(shop, trade(shop, 10_000))

    assert after_few.report.figures["sales"] == {"amount": "105.00", "count": 10}
    figures = after_many.report.figures
    assert figures["sales"] == {"amount": "105000.00", "count": 10_000}
    assert figures["payments"] == {"cash": {"amount": "105000.00", "count": 10_000}}
    assert {name: tax["amount"] for name, tax in figures["taxes"].items()} == {
        "CGST 2.5": "2500.00",
        "SGST 2.5": "2500.00",
    }
    assert figures["expected_cash"] == "105000.00"
    assert after_many.report.period_total == Decimal("105000.00")
    assert after_many.report.grand_total == Decimal("105105.00")
    assert after_many.statements == after_few.statements
    assert after_many.rows_read.keys() == after_few.rows_read.keys()
    assert sum(after_many.rows_read.values()) <= sum(after_few.rows_read.values()) + 5  # plans differ by a row or two
    assert not {"billing_bill", "billing_billline", "billing_payment"} & after_many.rows_read.keys()
    with transaction.atomic():
        assert Bill.objects.count() == 10_010
        assert list(check_documents()) == []
