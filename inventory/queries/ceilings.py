"""The MRPs that packs of one product bear in a store, where its lots have several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from inventory.models import StockLevel


@dataclass(frozen=True, slots=True)
class Ceilings:
    """MRPs by product and lot number."""

    lots: dict[UUID, dict[str, Decimal]]

    def of(self, product: UUID, lot: str) -> Decimal | None:
        """The MRP of that lot; without one, or one that is not known, the lowest of those in the store.

        Nobody knows then which pack is in the customer's hand, and none may be sold above its MRP.
        """
        by_lot = self.lots.get(product)
        if not by_lot:
            return None
        return by_lot.get(lot) or min(by_lot.values())


def ceilings(products: Iterable[UUID], *, store: UUID, on: date) -> Ceilings:
    """For lots that are in the store and may be sold. Asks nothing where there are no products."""
    lots: defaultdict[UUID, dict[str, Decimal]] = defaultdict(dict)
    wanted = list(products)
    if wanted:
        rows = StockLevel.objects.filter(
            Q(lot__expires_on__isnull=True) | Q(lot__expires_on__gte=on),
            product__in=wanted,
            store_id=store,
            on_hand__gt=0,
            lot__mrp__isnull=False,
            lot__recalled_at__isnull=True,
        )
        for product, lot, mrp in rows.values_list("product", "lot__code", "lot__mrp"):
            assert mrp is not None
            lots[product][lot] = mrp
    return Ceilings(dict(lots))
