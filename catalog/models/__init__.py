from catalog.models.barcode import Barcode
from catalog.models.category import Brand, Category
from catalog.models.product import Product
from catalog.models.tax import TaxClass, TaxRate

__all__ = ["Barcode", "Brand", "Category", "Product", "TaxClass", "TaxRate"]
