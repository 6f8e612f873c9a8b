"""Transfers that concern a reader's stores."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from inventory.coverage import Stores
from inventory.models import Transfer, TransferredGoods
from pantrypal.core.fields import MoneyField


def transfers_of(stores: Stores) -> QuerySet[Transfer]:
    """From or to these stores; None means all of them."""
    if stores is None:
        return Transfer.objects.all()
    return Transfer.objects.filter(Q(store_id__in=list(stores)) | Q(to_store_id__in=list(stores)))


def worth_in_transit(transfers: Collection[UUID]) -> dict[UUID, Decimal]:
    """What of these is on its way now, at cost."""
    goods = TransferredGoods.objects.filter(transfer__in=transfers, transfer__status=Transfer.Status.SENT)
    worth = Sum(F("quantity") * F("unit_cost"), output_field=MoneyField())
    return dict(goods.values("transfer").annotate(worth=worth).values_list("transfer", "worth"))
