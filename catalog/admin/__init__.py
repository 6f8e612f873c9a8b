"""Pages of the back office about what is sold."""

from catalog.admin import (
    codes,
    coupon_making,
    exports,
    families,
    groups,
    imports,
    labels,
    price_history,
    prices,
    products,
    promotion_trial,
    promotions,
    reclassing,
    repricing,
    scale_labels,
    taxes,
)

__all__ = [
    "codes",
    "coupon_making",
    "exports",
    "families",
    "groups",
    "imports",
    "labels",
    "price_history",
    "prices",
    "products",
    "promotion_trial",
    "promotions",
    "reclassing",
    "repricing",
    "scale_labels",
    "taxes",
]
