"""Pages of the back office about what is there."""

from inventory.admin import (
    adjustments,
    home,
    ledger,
    lots,
    product_columns,
    purchase_orders,
    settings,
    suppliers,
)

__all__ = [
    "adjustments",
    "home",
    "ledger",
    "lots",
    "product_columns",
    "purchase_orders",
    "settings",
    "suppliers",
]
