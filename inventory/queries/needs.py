"""What stores need: their reorder rules beside stock, orders and sales, in one statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from inventory.reorder import SALES_DAYS, USUAL_LEAD_DAYS, Need
from pantrypal.core.models import Store

# A lot past its date or recalled is no stock. Drafts count as ordered, or the same would be drafted twice.
NEEDS = """
    WITH moving AS (
      SELECT g.product_id, sum(g.quantity) AS quantity
        FROM inventory_transfer t
        JOIN inventory_transferredgoods g ON g.org_id = t.org_id AND g.transfer_id = t.id
       WHERE t.org_id = %(org)s AND t.status = 'sent' AND t.to_store_id = %(store)s
       GROUP BY g.product_id
    )
    SELECT r.product_id, p.name, p.sku, p.unit, r.reorder_point, r.target, r.pack,
           s.id, coalesce(s.name, ''), coalesce(s.lead_days, %(usual_lead)s),
           coalesce(stock.quantity, 0), coalesce(ordered.quantity, 0), coalesce(moving.quantity, 0),
           coalesce(sales.quantity, 0)
      FROM inventory_reorderrule r
      JOIN catalog_product p ON p.org_id = r.org_id AND p.id = r.product_id AND p.archived_at IS NULL
      LEFT JOIN LATERAL (
        SELECT a.supplier_id FROM inventory_supplierprice a
         WHERE a.org_id = r.org_id AND a.product_id = r.product_id
         ORDER BY a.valid_from DESC, a.id DESC LIMIT 1
      ) asked ON r.supplier_id IS NULL
      LEFT JOIN inventory_supplier s
        ON s.org_id = r.org_id AND s.id = coalesce(r.supplier_id, asked.supplier_id) AND s.archived_at IS NULL
      LEFT JOIN LATERAL (
        SELECT sum(l.on_hand) AS quantity FROM inventory_stocklevel l
          LEFT JOIN inventory_lot lot ON lot.org_id = l.org_id AND lot.id = l.lot_id
         WHERE l.org_id = r.org_id AND l.store_id = r.store_id AND l.product_id = r.product_id
           AND lot.recalled_at IS NULL AND coalesce(lot.expires_on >= %(today)s, true)
      ) stock ON true
      LEFT JOIN LATERAL (
        SELECT sum(greatest(ol.packs * ol.pack - ol.received, 0)) AS quantity
          FROM inventory_purchaseorderline ol
          JOIN inventory_purchaseorder o ON o.org_id = ol.org_id AND o.id = ol.order_id
         WHERE ol.org_id = r.org_id AND ol.product_id = r.product_id AND o.store_id = r.store_id
           AND o.status IN ('draft', 'sent', 'partial')
      ) ordered ON true
      LEFT JOIN LATERAL (
        SELECT -sum(m.quantity) AS quantity FROM inventory_stockmove m
         WHERE m.org_id = r.org_id AND m.product_id = r.product_id AND m.store_id = r.store_id
           AND m.at >= %(since)s AND m.kind IN ('sale', 'return')
      ) sales ON true
      LEFT JOIN moving ON moving.product_id = r.product_id
     WHERE r.org_id = %(org)s AND r.store_id = %(store)s
     ORDER BY s.name NULLS LAST, p.name
"""


def needs_of(store: Store, *, at: datetime) -> list[Need]:
    """Every product of the store that has a rule, by supplier and name; those that are due say so."""
    asked: dict[str, Any] = {
        "org": store.org_id,
        "store": store.pk,
        "today": store.document_date(at),
        "since": at - timedelta(days=SALES_DAYS),
        "usual_lead": USUAL_LEAD_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEEDS, asked)
        return [Need(*row) for row in cursor.fetchall()]


def suggestions(store: Store, *, at: datetime) -> list[Need]:
    """What is due to be ordered today."""
    return [need for need in needs_of(store, at=at) if need.packs > 0]
