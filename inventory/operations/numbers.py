"""The next number of a storeroom document: consecutive for each kind, store and fiscal year."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import connection

from pantrypal.core.models import Store
from pantrypal.tenancy.context import require_org_id

NEXT = """
    INSERT INTO inventory_stockseries AS s (id, org_id, store_id, kind, fiscal_year, last_number)
    VALUES (public.pantry_uuid7(), %s, %s, %s, %s, 1)
    ON CONFLICT (org_id, store_id, kind, fiscal_year) DO UPDATE SET last_number = s.last_number + 1
    RETURNING last_number
"""


class Series(StrEnum):
    """Each document begins its numbers with its own two letters."""

    PURCHASE_ORDER = "PO"
    GOODS_RECEIPT = "GR"
    SUPPLIER_RETURN = "SR"
    TRANSFER = "TR"
    STOCK_COUNT = "SC"


def next_number(series: Series, *, store: Store, at: datetime) -> str:
    """PO + store code - YY - NNNNNNN. Locks the series until the transaction ends: call it last."""
    year = store.fiscal_year(at)
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [require_org_id(), store.pk, series, year])
        (number,) = cursor.fetchone()
    return f"{series}{store.code}-{year % 100:02}-{number:07}"
