"""The catalog as the API shows it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pantrypal.core.api.bodies import Answer


class BarcodeAnswer(Answer):
    code: str
    kind: str
    quantity: Decimal
    price: Decimal | None


class ProductAnswer(Answer):
    id: UUID
    sku: str
    name: str
    names: dict[str, str]
    description: str
    category: UUID | None
    brand: str | None
    hsn: str
    tax_class: str
    unit: str
    sold_by: str
    mrp: Decimal | None
    price: Decimal
    cost: Decimal | None
    age_limit: int | None
    tracks_stock: bool
    tracks_lots: bool
    active: bool
    barcodes: list[BarcodeAnswer]
    updated_at: datetime


class CategoryAnswer(Answer):
    id: UUID
    name: str
    parent: UUID | None


class BrandAnswer(Answer):
    id: UUID
    name: str


class RateAnswer(Answer):
    valid_from: date
    rate: Decimal
    cess: Decimal


class TaxClassAnswer(Answer):
    id: UUID
    code: str
    name: str
    rates: list[RateAnswer]
