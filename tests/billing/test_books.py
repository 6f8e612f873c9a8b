"""What is posted stays as it is, whoever asks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from psycopg import ProgrammingError

from billing.models import CashMovement
from billing.operations.cash import move_cash
from billing.operations.returns import take_goods_back
from billing.operations.shifts import close_shift
from billing.return_request import ReturnRequest
from billing.sale import Buyer
from pantrypal.tenancy.ids import uuid7
from tests.owner import owner_connection
from tests.shop import NOON, Shop, line

POSTED = {
    "billing_bill",
    "billing_billline",
    "billing_payment",
    "billing_sellersnapshot",
    "billing_creditnote",
    "billing_creditnoteline",
    "billing_refund",
    "billing_approval",
    "billing_cashmovement",
    "billing_zreport",
    "journal_auditentry",
    "customers_storedvalueentry",
    "inventory_stockmove",
}


@pytest.fixture
def traded(committed_shop: Shop) -> Shop:
    """Something of everything that is posted."""
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="63.00")
        shop.stock(milk, "5")
        posted = shop.sell(line(milk, "2"), buyer=Buyer(phone="+919812345678"))
        void = ReturnRequest(uuid7(), posted.bill, shop.store, shop.register, "wrong", is_void=True)
        take_goods_back(void, actor=shop.actor, at=NOON)
        values = {"shift": shop.shift, "store": shop.store, "actor": shop.actor, "at": NOON}
        move_cash(kind=CashMovement.Kind.CASH_IN, amount=Decimal("1.00"), reason="change", **values)
        close_shift(shift=shop.shift, counted_cash=Decimal("501.00"), actor=shop.actor, at=NOON)
    return shop


def test_not_even_the_owner_of_the_database_changes_what_is_posted(traded: Shop) -> None:
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = origin")
        found = owner.execute(
            "SELECT event_object_table FROM information_schema.triggers"
            " WHERE trigger_schema = 'shard_0001' AND trigger_name = event_object_table || '_append_only'"
        )
        guarded = {table for (table,) in found}
        assert guarded >= POSTED
        refused = set()
        for table in sorted(guarded):
            for statement in (f"UPDATE {table} SET org_id = org_id", f"DELETE FROM {table}"):
                try:
                    touched = owner.execute(f"{statement} WHERE org_id = %s", [traded.org.pk]).rowcount
                except ProgrammingError:
                    refused.add(table)
                else:
                    assert touched == 0, statement
        assert refused >= POSTED - {"customers_storedvalueentry"}
