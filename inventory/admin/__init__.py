"""Pages of the back office about what is there."""

from inventory.admin import (
    adjustments,
    alerts,
    expiry,
    goods_receipts,
    home,
    ledger,
    lots,
    product_columns,
    purchase_invoices,
    purchase_orders,
    recalls,
    reorder,
    reports,
    settings,
    suppliers,
)

__all__ = [
    "adjustments",
    "alerts",
    "expiry",
    "goods_receipts",
    "home",
    "ledger",
    "lots",
    "product_columns",
    "purchase_invoices",
    "purchase_orders",
    "recalls",
    "reorder",
    "reports",
    "settings",
    "suppliers",
]
