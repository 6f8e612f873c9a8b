from catalog.models.barcode import Barcode
from catalog.models.bundle import BundlePart
from catalog.models.category import Brand, Category
from catalog.models.family import Family
from catalog.models.import_job import ImportJob, ImportMapping
from catalog.models.import_rows import ImportChange, ImportRejection
from catalog.models.picture import Picture
from catalog.models.price import Price, PriceList
from catalog.models.price_rules import PriceRulesVersion
from catalog.models.product import Product
from catalog.models.product_change import ProductChange
from catalog.models.promotion import Coupon, CouponUse, Promotion, PromotionTarget
from catalog.models.scale_label import ScaleLabel
from catalog.models.tax import TaxClass, TaxRate

__all__ = [
    "Barcode",
    "Brand",
    "BundlePart",
    "Category",
    "Coupon",
    "CouponUse",
    "Family",
    "ImportChange",
    "ImportJob",
    "ImportMapping",
    "ImportRejection",
    "Picture",
    "Price",
    "PriceList",
    "PriceRulesVersion",
    "Product",
    "ProductChange",
    "Promotion",
    "PromotionTarget",
    "ScaleLabel",
    "TaxClass",
    "TaxRate",
]
