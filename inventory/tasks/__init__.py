"""What the storeroom does outside the transactions that caused it."""

from inventory.tasks import alerts, orders, returns

__all__ = ["alerts", "orders", "returns"]
