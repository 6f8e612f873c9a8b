"""What is there, as pages and the API read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import F, Sum

from inventory.coverage import Stores, covered
from inventory.models import StockLevel, StockMove
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.context import require_org_id

ON_HAND = (
    "SELECT product_id, sum(on_hand) FROM inventory_stocklevel"
    " WHERE org_id = %s AND store_id = %s AND product_id = ANY(%s) GROUP BY product_id"
)


def on_hand_in(store: UUID, products: Sequence[UUID]) -> dict[UUID, Decimal]:
    """Asked for with every scan, so by a statement that need not be written first. What never came is missing."""
    with connection.cursor() as cursor:
        cursor.execute(ON_HAND, [require_org_id(), store, list(products)])
        return dict(cursor.fetchall())


def on_hand_of_products(products: Iterable[UUID], *, stores: Stores) -> dict[UUID, Decimal]:
    rows = StockLevel.objects.filter(product__in=list(products), **covered(stores))
    return dict(rows.values("product").annotate(sum=Sum("on_hand")).values_list("product", "sum"))


def on_hand_of_lots(lots: Iterable[UUID], *, stores: Stores) -> dict[UUID, Decimal]:
    rows = StockLevel.objects.filter(lot__in=list(lots), **covered(stores))
    return dict(rows.values("lot").annotate(sum=Sum("on_hand")).values_list("lot", "sum"))


def lots_on_hand(products: Iterable[UUID], store: UUID) -> list[StockLevel]:
    """With their lots; what expires first comes first."""
    levels = StockLevel.objects.filter(product__in=list(products), store_id=store, on_hand__gt=0, lot__isnull=False)
    return list(levels.select_related("lot").order_by(F("lot__expires_on").asc(nulls_last=True), "lot__code"))


def worth_of_documents(documents: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What the moves of each document were worth at cost, signed, to four places."""
    worth = Sum(F("quantity") * F("unit_cost"), output_field=MoneyField())
    rows = StockMove.objects.filter(document_id__in=list(documents)).values("document_id").annotate(worth=worth)
    return dict(rows.values_list("document_id", "worth"))
