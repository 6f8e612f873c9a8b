"""Does the stock ledger of the active organization add up?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from pantrypal.core.findings import Finding

# Levels and moves, side by side: a level without moves and moves without a level are wrong too.
LEVELS = """
    SELECT coalesce(l.store_id, m.store_id), p.sku, lot.code, coalesce(l.on_hand, 0), coalesce(m.quantity, 0)
      FROM inventory_stocklevel l
      FULL JOIN (SELECT org_id, store_id, product_id, lot_id, sum(quantity) AS quantity
                   FROM inventory_stockmove GROUP BY 1, 2, 3, 4) m
        ON m.org_id = l.org_id AND m.store_id = l.store_id AND m.product_id = l.product_id
       AND m.lot_id IS NOT DISTINCT FROM l.lot_id
      LEFT JOIN catalog_product p
        ON p.org_id = coalesce(l.org_id, m.org_id) AND p.id = coalesce(l.product_id, m.product_id)
      LEFT JOIN inventory_lot lot
        ON lot.org_id = coalesce(l.org_id, m.org_id) AND lot.id = coalesce(l.lot_id, m.lot_id)
     WHERE coalesce(l.on_hand, 0) <> coalesce(m.quantity, 0)
     ORDER BY 2, 3
"""

# Layers of cost never hold more than what is there.
LAYERS = """
    SELECT p.sku, lot.code, l.on_hand, c.quantity
      FROM (SELECT org_id, level_id, sum(quantity) AS quantity FROM inventory_costlayer GROUP BY 1, 2) c
      JOIN inventory_stocklevel l ON l.org_id = c.org_id AND l.id = c.level_id
      JOIN catalog_product p ON p.org_id = l.org_id AND p.id = l.product_id
      LEFT JOIN inventory_lot lot ON lot.org_id = l.org_id AND lot.id = l.lot_id
     WHERE c.quantity > greatest(l.on_hand, 0)
     ORDER BY 1, 2
"""


def check_stock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(LEVELS)
        for _store, sku, lot, on_hand, moved in cursor.fetchall():
            yield Finding("stock level", _place(sku, lot), f"is {on_hand}, but its moves add up to {moved}")
        cursor.execute(LAYERS)
        for sku, lot, on_hand, layered in cursor.fetchall():
            yield Finding("cost layers", _place(sku, lot), f"hold {layered}, but only {on_hand} is there")


def _place(sku: str, lot: str | None) -> str:
    return f"{sku} lot {lot}" if lot else sku
