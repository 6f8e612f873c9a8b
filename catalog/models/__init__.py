from catalog.models.barcode import Barcode
from catalog.models.category import Brand, Category
from catalog.models.price_rules import PriceRulesVersion
from catalog.models.product import Product
from catalog.models.promotion import Coupon, CouponUse, Promotion, PromotionTarget
from catalog.models.scale_label import ScaleLabel
from catalog.models.tax import TaxClass, TaxRate

__all__ = [
    "Barcode",
    "Brand",
    "Category",
    "Coupon",
    "CouponUse",
    "PriceRulesVersion",
    "Product",
    "Promotion",
    "PromotionTarget",
    "ScaleLabel",
    "TaxClass",
    "TaxRate",
]
