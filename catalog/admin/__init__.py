"""Pages of the back office about what is sold."""

from catalog.admin import groups, products, scale_labels, taxes

__all__ = ["groups", "products", "scale_labels", "taxes"]
