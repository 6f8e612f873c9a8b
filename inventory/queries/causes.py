"""What is wrong with a store's stock at this moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from inventory.models import AlertKind, AlertSettings
from inventory.queries.above_mrp import overpriced
from pantrypal.core.models import Store
from pantrypal.tenancy.context import require_org_id

CAUSES = """
    WITH level AS (
      SELECT l.product_id, l.lot_id, l.on_hand, lot.expires_on, p.tracks_stock, lot.recalled_at,
             lot.expires_on - coalesce(lot.manufactured_on, lot.known_since) AS life
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
        SELECT min(days) AS days FROM unnest(%(days)s::int[]) days
         WHERE v.expires_on - %(today)s <= days AND (v.life IS NULL OR v.life >= days * %(times)s)
      ) stage
     WHERE v.on_hand > 0 AND v.expires_on >= %(today)s AND v.recalled_at IS NULL AND stage.days IS NOT NULL
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


def causes_in(store: Store, products: Collection[UUID] | None, *, at: datetime, wanted: AlertSettings) -> list[Cause]:
    """Of these products; None looks at all of the store's, and at what is on its way to it.

    A lot is near its expiry so many days before as the store wants to hear, where it lasts a multiple of these days
    from the day it was made, or came: thirty days before means nothing to milk that lasts a week.
    """
    asked: dict[str, Any] = {
        "org": require_org_id(),
        "store": store.pk,
        "products": None if products is None else list(products),
        "today": store.document_date(at),
        "at": at,
        "transfer_days": wanted.transfer_days,
        "days": wanted.near_expiry_days,
        "times": wanted.shelf_life_times,
    }
    with connection.cursor() as cursor:
        cursor.execute(CAUSES, asked)
        found = cursor.fetchall()
        if products is None:
            cursor.execute(STUCK, asked)
            found += cursor.fetchall()
    too_dear = [
        Cause(AlertKind.ABOVE_MRP, one.product, one.lot, 0, one.on_hand) for one in overpriced(store, products, at=at)
    ]
    return [Cause(*row) for row in found] + too_dear
