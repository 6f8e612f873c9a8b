"""Goods receipts, supplier returns and purchase invoices as the API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from inventory.api.order_bodies import Reason
from pantrypal.core.api.bodies import Answer, Body, Code

LotCode = Annotated[str, Meta(max_length=40)]
ShortText = Annotated[str, Meta(max_length=40)]


class PrintedLotBody(Body):
    """What is printed on the goods; without a number the lot is known by its date."""

    code: LotCode = ""
    expires_on: date | None = None
    manufactured_on: date | None = None
    mrp: Decimal | None = None


class DeliveredLineBody(Body):
    """`quantity` counts pieces; `unit_cost` is that of a piece, without tax."""

    product: UUID
    quantity: Decimal
    unit_cost: Decimal | None = None
    lot: PrintedLotBody | None = None


class ChargeBody(Body):
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    amount: Decimal


class ReceiptBody(Body):
    """`id` makes a repeat safe. `accept_costs` takes goods that cost more or less than the last time."""

    store: Code
    lines: Annotated[tuple[DeliveredLineBody, ...], Meta(min_length=1, max_length=500)]
    supplier: UUID | None = None
    order: UUID | None = None
    id: UUID | None = None
    delivery_note: ShortText = ""
    charges: Annotated[tuple[ChargeBody, ...], Meta(max_length=20)] = ()
    accept_costs: bool = False


class ReceiptLineAnswer(Answer):
    """`awaited` is what was to come of the order, `over` what came beyond it."""

    product: UUID
    lot: str | None
    expires_on: date | None
    quantity: Decimal
    awaited: Decimal | None
    over: Decimal
    unit_cost: Decimal
    last_cost: Decimal | None
    amount: Decimal
    charge: Decimal
    landed_cost: Decimal


class ReceiptAnswer(Answer):
    id: UUID
    number: str
    store: str
    supplier: UUID
    order: UUID | None
    delivery_note: str
    received_at: datetime
    received_on: date
    received_by: str
    currency: str
    goods_value: Decimal
    charges_total: Decimal
    total: Decimal
    lines: list[ReceiptLineAnswer]


class SupplierReturnLineBody(Body):
    product: UUID
    quantity: Decimal
    lot: Code | None = None
    unit_cost: Decimal | None = None


class SupplierReturnBody(Body):
    store: Code
    supplier: UUID
    reason: Reason
    lines: Annotated[tuple[SupplierReturnLineBody, ...], Meta(min_length=1, max_length=500)]
    receipt: UUID | None = None


class ReturnLineAnswer(Answer):
    product: UUID
    lot: str | None
    quantity: Decimal
    unit_cost: Decimal
    amount: Decimal


class SupplierReturnAnswer(Answer):
    id: UUID
    number: str
    store: str
    supplier: UUID
    receipt: UUID | None
    reason: str
    returned_at: datetime
    currency: str
    total: Decimal
    sent_to: str
    lines: list[ReturnLineAnswer]
