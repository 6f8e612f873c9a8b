"""Pages of the back office about what is sold."""

from catalog.admin import codes, families, groups, imports, products, promotion_trial, promotions, scale_labels, taxes

__all__ = [
    "codes",
    "families",
    "groups",
    "imports",
    "products",
    "promotion_trial",
    "promotions",
    "scale_labels",
    "taxes",
]
