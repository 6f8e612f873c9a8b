"""What is wrong with a store's stock at this moment, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from pantrypal.core.models import Store
from pantrypal.tenancy.context import require_org_id

CAUSES = """
    WITH level AS (
      SELECT l.product_id, l.lot_id, l.on_hand, lot.expires_on, p.price, p.tracks_stock,
             coalesce(lot.mrp, p.mrp) AS mrp, lot.mrp IS NOT NULL AS is_of_lot
        FROM inventory_stocklevel l
        JOIN catalog_product p ON p.org_id = l.org_id AND p.id = l.product_id AND p.archived_at IS NULL
        LEFT JOIN inventory_lot lot ON lot.org_id = l.org_id AND lot.id = l.lot_id
       WHERE l.org_id = %(org)s AND l.store_id = %(store)s
         AND (%(products)s::uuid[] IS NULL OR l.product_id = ANY(%(products)s::uuid[]))
    ), total AS (
      SELECT product_id, sum(on_hand) AS on_hand, min(on_hand) AS lowest FROM level WHERE tracks_stock GROUP BY 1
    )
    SELECT 'oversold', product_id, NULL::uuid, 0, lowest FROM total WHERE lowest < 0
    UNION ALL
    SELECT 'out', product_id, NULL, 0, on_hand FROM total WHERE lowest >= 0 AND on_hand = 0
    UNION ALL
    SELECT 'low', t.product_id, NULL, 0, t.on_hand
      FROM total t
      JOIN inventory_reorderrule r ON r.org_id = %(org)s AND r.store_id = %(store)s AND r.product_id = t.product_id
     WHERE t.lowest >= 0 AND t.on_hand > 0 AND t.on_hand <= r.reorder_point
    UNION ALL
    SELECT 'expired', product_id, lot_id, 0, on_hand FROM level WHERE on_hand > 0 AND expires_on < %(today)s
    UNION ALL
    SELECT 'near_expiry', v.product_id, v.lot_id, stage.days, v.on_hand
      FROM level v, LATERAL (
        SELECT min(days) AS days FROM unnest(%(days)s::int[]) days WHERE v.expires_on - %(today)s <= days
      ) stage
     WHERE v.on_hand > 0 AND v.expires_on >= %(today)s AND stage.days IS NOT NULL
    UNION ALL
    SELECT DISTINCT ON (product_id, of_lot) 'above_mrp', product_id, of_lot, 0, on_hand
      FROM (SELECT *, CASE WHEN is_of_lot THEN lot_id END AS of_lot FROM level) priced
     WHERE %(has_ceiling)s AND on_hand > 0 AND price > mrp
"""

# Belongs to no product: looked for when all of the store is looked at.
STUCK = """
    SELECT 'stuck_transfer', NULL::uuid, NULL::uuid, 0, floor(extract(epoch FROM %(at)s - t.sent_at) / 86400), t.id
      FROM inventory_transfer t
     WHERE t.org_id = %(org)s AND t.to_store_id = %(store)s AND t.status = 'sent'
       AND t.sent_at <= %(at)s - make_interval(days => %(transfer_days)s)
"""

Key = tuple[str, UUID | None, UUID | None, UUID | None, int]


@dataclass(frozen=True, slots=True)
class Cause:
    """`figure` is what is on hand; two causes are the same whatever it is."""

    kind: str
    product: UUID | None
    lot: UUID | None
    stage: int
    figure: Decimal
    transfer: UUID | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.product, self.lot, self.transfer, self.stage


def causes_in(
    store: Store, products: Iterable[UUID] | None, *, at: datetime, days: Sequence[int], transfer_days: int
) -> list[Cause]:
    """Of these products; None looks at all of the store's, and at what is on its way to it."""
    asked: dict[str, Any] = {
        "org": require_org_id(),
        "store": store.pk,
        "products": None if products is None else list(products),
        "today": store.document_date(at),
        "at": at,
        "transfer_days": transfer_days,
        "days": list(days),
        "has_ceiling": store.org.has_mrp_ceiling,
    }
    with connection.cursor() as cursor:
        cursor.execute(CAUSES, asked)
        found = cursor.fetchall()
        if products is None:
            cursor.execute(STUCK, asked)
            found += cursor.fetchall()
    return [Cause(*row) for row in found]
