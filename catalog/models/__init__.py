from catalog.models.barcode import Barcode
from catalog.models.category import Brand, Category
from catalog.models.product import Product
from catalog.models.scale_label import ScaleLabel
from catalog.models.tax import TaxClass, TaxRate

__all__ = ["Barcode", "Brand", "Category", "Product", "ScaleLabel", "TaxClass", "TaxRate"]
