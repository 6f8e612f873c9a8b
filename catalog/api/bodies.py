"""The catalog as the API shows it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Code, FileContent, LongText, Name, Text


class BarcodeAnswer(Answer):
    code: str
    kind: str
    quantity: Decimal
    price: Decimal | None


class PartAnswer(Answer):
    product: UUID
    quantity: Decimal


class ProductAnswer(Answer):
    """While `price_is_missing` nobody has said the price: it is 0 here, and the product is not sold at it."""

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
    price_is_missing: bool
    cost: Decimal | None
    age_limit: int | None
    tracks_stock: bool
    tracks_lots: bool
    active: bool
    barcodes: list[BarcodeAnswer]
    parts: list[PartAnswer]
    family: UUID | None
    options: dict[str, str]
    till_position: int | None
    picture: str | None
    updated_at: datetime


Sku = Annotated[str, Meta(min_length=1, max_length=40)]
ProductName = Annotated[str, Meta(min_length=1, max_length=200)]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
Age = Annotated[int, Meta(ge=0, le=120)]
Place = Annotated[int, Meta(ge=1, le=1000)]
Unit = Literal["pc", "kg", "g", "l", "ml", "m"]
SoldBy = Literal["each", "weight"]


class BarcodeBody(Body):
    """A code as it is printed. A pack says how many pieces it holds, and may have a price of its own."""

    code: Annotated[str, Meta(min_length=1, max_length=60)]
    kind: Literal["gtin", "in_house", "plu"] = "gtin"
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


class PartBody(Body):
    product: UUID
    quantity: Decimal = Decimal(1)


Barcodes = Annotated[tuple[BarcodeBody, ...], Meta(max_length=100)]
Parts = Annotated[tuple[PartBody, ...], Meta(max_length=100)]


class ProductChanges(Body, kw_only=True):
    """What is named changes. `barcodes` and `parts` are all that there are to be; a product with parts is a bundle.

    `tax_class` by code or id; `brand` by name, made if there is none; the picture at `picture_url` is fetched by a
    worker; `active` false takes the product out of sale.
    """

    sku: Sku | UnsetType = UNSET
    name: ProductName | UnsetType = UNSET
    names: dict[Language, Text] | UnsetType = UNSET
    description: LongText | UnsetType = UNSET
    category: UUID | UnsetType | None = UNSET
    brand: Name | UnsetType | None = UNSET
    hsn: str | UnsetType = UNSET
    tax_class: Code | UnsetType = UNSET
    unit: Unit | UnsetType = UNSET
    sold_by: SoldBy | UnsetType = UNSET
    mrp: Decimal | UnsetType | None = UNSET
    price: Decimal | UnsetType = UNSET
    cost: Decimal | UnsetType | None = UNSET
    age_limit: Age | UnsetType | None = UNSET
    tracks_stock: bool | UnsetType = UNSET
    tracks_lots: bool | UnsetType = UNSET
    family: UUID | UnsetType | None = UNSET
    options: dict[Name, Name] | UnsetType = UNSET
    till_position: Place | UnsetType | None = UNSET
    barcodes: Barcodes | UnsetType = UNSET
    parts: Parts | UnsetType = UNSET
    picture_url: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ProductBody(ProductChanges, kw_only=True):
    """As for a change; SKU, name, price and tax class there must be."""

    sku: Sku
    name: ProductName
    price: Decimal
    tax_class: Code


class QuickProductBody(Body):
    """As much as is known at the till; sold without counting its stock until somebody receives or counts it."""

    name: ProductName
    price: Decimal
    tax_class: Code
    code: Annotated[str, Meta(max_length=60)] = ""


class PictureUpload(Body):
    """JPEG, PNG, WebP or GIF, at most 10 MB. It is checked by what it holds and written anew as WebP."""

    file: FileContent


class CategoryBody(Body):
    name: Name
    parent: UUID | None = None


class CategoryChanges(Body):
    name: Name | UnsetType = UNSET
    parent: UUID | UnsetType | None = UNSET


class BrandBody(Body):
    name: Name


class BrandChanges(Body):
    name: Name | UnsetType = UNSET


class RateBody(Body):
    """In percent, from a day on; for GST CGST and SGST together."""

    valid_from: date
    rate: Decimal
    cess: Decimal = Decimal(0)


Rates = Annotated[tuple[RateBody, ...], Meta(max_length=100)]


class TaxClassBody(Body):
    code: Annotated[str, Meta(min_length=1, max_length=20)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    rates: Rates = ()


class TaxClassChanges(Body):
    name: Annotated[str, Meta(min_length=1, max_length=80)] | UnsetType = UNSET
    rates: Rates | UnsetType = UNSET


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
