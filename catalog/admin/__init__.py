"""Pages of the back office about what is sold."""

from catalog.admin import groups, products, taxes

__all__ = ["groups", "products", "taxes"]
