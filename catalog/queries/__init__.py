"""What the rest of the house asks the catalog."""

from catalog.queries.categories import category_paths
from catalog.queries.scanned import Scanned, find_scanned, scale_layouts
from catalog.queries.search import find_products
from catalog.queries.sellable import NO_TAX, ONE, Rate, Sellable, rates_on, sellable_by_code, sellable_by_id

__all__ = [
    "NO_TAX",
    "ONE",
    "Rate",
    "Scanned",
    "Sellable",
    "category_paths",
    "find_products",
    "find_scanned",
    "rates_on",
    "scale_layouts",
    "sellable_by_code",
    "sellable_by_id",
]
