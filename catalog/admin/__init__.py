"""Pages of the back office about what is sold."""

from catalog.admin import groups, products, promotion_trial, promotions, scale_labels, taxes

__all__ = ["groups", "products", "promotion_trial", "promotions", "scale_labels", "taxes"]
