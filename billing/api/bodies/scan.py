"""What the till does with a scan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from pantrypal.core.api.bodies import Answer


class TaxRateAnswer(Answer):
    name: str
    rate: Decimal


class ScanAnswer(Answer):
    """What the till does with a scan.

    `quantity` is what one scan adds: the weight or count in the code, else 1. Where the code carries a price,
    that is the `price` of one, and `pack` says how much stock is in it.
    """

    product: UUID
    sku: str
    name: str
    names: dict[str, str]
    barcode: str
    unit: str
    sold_by: str
    quantity: Decimal
    pack: Decimal
    price: Decimal
    price_reason: str  # why it is not the usual one; empty where it is
    mrp: Decimal | None
    hsn: str
    taxes: list[TaxRateAnswer]
    lot: str | None
    expires_on: date | None
    best_before: date | None
    age_limit: int | None
    stock: Decimal | None
