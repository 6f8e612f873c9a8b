"""Suppliers and their prices as the API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Email, Gstin, LongText, Name, Phone, StateCode

Days = Annotated[int, Meta(ge=0, le=365)]
TheirCode = Annotated[str, Meta(max_length=40)]


class SupplierBody(Body):
    """A new supplier; a phone is brought into E.164, and a GSTIN says the state."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    contact: Name = ""
    phone: Phone = ""
    email: Email = ""
    address: LongText = ""
    gstin: Gstin = ""
    state_code: StateCode = ""
    lead_days: Days = 3
    payment_days: Days = 0


class SupplierChanges(Body):
    """Only what is named is changed. `active` false: nothing more is ordered from them; true: it is again."""

    name: Annotated[str, Meta(min_length=1, max_length=120)] | UnsetType = UNSET
    contact: Name | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    address: LongText | UnsetType = UNSET
    gstin: Gstin | UnsetType = UNSET
    state_code: StateCode | UnsetType = UNSET
    lead_days: Days | UnsetType = UNSET
    payment_days: Days | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class SupplierAnswer(Answer):
    id: UUID
    name: str
    contact: str
    phone: str
    email: str
    address: str
    gstin: str
    state_code: str
    lead_days: int
    payment_days: int
    active: bool
    updated_at: datetime


class SupplierPriceBody(Body):
    """`price` is that of a pack of `pack` pieces, without tax."""

    product: UUID
    price: Decimal
    valid_from: date
    pack: Decimal = Decimal(1)
    supplier_code: TheirCode = ""


class SupplierPriceAnswer(Answer):
    id: UUID
    supplier: UUID
    product: UUID
    supplier_code: str
    pack: Decimal
    price: Decimal
    valid_from: date
