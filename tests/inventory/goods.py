"""Goods on the shelves of a test."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventory.models import Lot
from tests.shop import Shop


def lot_of(shop: Shop, product: Any, code: str, expires_on: str, quantity: str = "5", **values: Any) -> Lot:
    made = Lot.objects.create(product=product, code=code, expires_on=date.fromisoformat(expires_on), **values)
    shop.stock(product, quantity, lot=made.pk)
    return made
