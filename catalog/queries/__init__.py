"""What the rest of the house asks the catalog."""

from catalog.queries.categories import categories_in, category_paths
from catalog.queries.changes import Place, products_after
from catalog.queries.price_facts import CouponFact, PriceFacts, kept_coupon, price_facts
from catalog.queries.price_rules import PriceRules, rules_of
from catalog.queries.scanned import Scanned, find_scanned, scale_layouts
from catalog.queries.search import find_products, search
from catalog.queries.sellable import GRAM, NO_TAX, ONE, Part, Rate, Sellable, rates_on, sellable_by_code, sellable_by_id
from catalog.queries.tiles import CategoryTile, Tile, category_tiles, favourites, goods_in
from catalog.queries.trial import Trial, try_promotions

__all__ = [
    "GRAM",
    "NO_TAX",
    "ONE",
    "CategoryTile",
    "CouponFact",
    "Part",
    "Place",
    "PriceFacts",
    "PriceRules",
    "Rate",
    "Scanned",
    "Sellable",
    "Tile",
    "Trial",
    "categories_in",
    "category_paths",
    "category_tiles",
    "favourites",
    "find_products",
    "find_scanned",
    "goods_in",
    "kept_coupon",
    "price_facts",
    "products_after",
    "rates_on",
    "rules_of",
    "scale_layouts",
    "search",
    "sellable_by_code",
    "sellable_by_id",
    "try_promotions",
]
