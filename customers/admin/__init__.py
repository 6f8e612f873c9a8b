"""Pages of the back office about who buys."""

from customers.admin import customers

__all__ = ["customers"]
