"""What the storeroom does outside the transactions that caused it."""

from inventory.tasks import orders

__all__ = ["orders"]
