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
    """What the till does with a scan."""

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
    mrp: Decimal | None
    hsn: str
    taxes: list[TaxRateAnswer]
    lot: str | None
    expires_on: date | None
    stock: Decimal | None
