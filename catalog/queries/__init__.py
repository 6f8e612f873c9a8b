"""What the rest of the house asks the catalog."""

from catalog.queries.categories import category_paths
from catalog.queries.search import find_products
from catalog.queries.sellable import NO_TAX, ONE, Rate, Sellable, rates_on, sellable_by_code, sellable_by_id

__all__ = [
    "NO_TAX",
    "ONE",
    "Rate",
    "Sellable",
    "category_paths",
    "find_products",
    "rates_on",
    "sellable_by_code",
    "sellable_by_id",
]
