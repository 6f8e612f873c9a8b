"""What the tests in the browser sell."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from catalog.models import Product
from tests.shop import Shop


@dataclass(frozen=True, slots=True)
class Shelf:
    """Five things of a grocery, twenty of each, and the code on each."""

    dal: Product
    milk: Product
    tomato: Product
    detergent: Product
    salt: Product
    codes: dict[str, str]

    def code(self, product: Product) -> str:
        return self.codes[product.sku]


def fill(shop: Shop) -> Shelf:
    with transaction.atomic():
        goods = [
            shop.product("Toor dal 1 kg", price="168.00", rate="5", sku="DAL", mrp="180.00"),
            shop.product("Milk 500 ml", price="28.00", rate="0", sku="MILK"),
            shop.product("Tomato (loose)", price="40.00", rate="0", sku="TOM", unit="kg", sold_by="weight"),
            shop.product("Detergent 1 kg", price="142.00", rate="18", sku="DET", mrp="150.00"),
            shop.product("Salt 1 kg", price="24.00", rate="0", sku="SALT", names={"hi": "नमक 1 किलो"}),
        ]
        codes = {}
        for product in goods:
            shop.stock(product, "20")
            codes[product.sku] = shop.barcode(product).shown
    return Shelf(*goods, codes=codes)
