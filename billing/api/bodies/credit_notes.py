"""Returns."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from billing.api.bodies.sales import BillAnswer, BillTaxAnswer, BuyerBody, PaymentBody, Reference, SaleBody, TaxAnswer
from pantrypal.core.api.bodies import Answer, Body, Code, Text


class ReturnLineBody(Body):
    """A line of the bill by its id (`line`) or by its place on it (`position`, from 1)."""

    quantity: Decimal
    line: UUID | None = None
    position: int | None = None
    disposition: Literal["restock", "damaged", "expired"] = "restock"


class RefundBody(Body):
    """Without `amount` it gives back what the others leave."""

    method: Literal["cash", "card", "upi", "store_credit"]
    amount: Decimal | None = None
    reference: Reference = ""


class CreditNoteBody(Body):
    """A return. The amounts are worked out by the server; without `lines` everything that is left comes back.

    `id` (UUIDv7) is its idempotency key for ever. `register` pays out; without one, that of the bill.
    """

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    id: UUID | None = None
    register: Code | None = None
    lines: Annotated[tuple[ReturnLineBody, ...], Meta(max_length=999)] = ()
    refunds: Annotated[tuple[RefundBody, ...], Meta(max_length=20)] = ()
    reason_code: Text = ""


class VoidBody(Body):
    """A full credit note; needs a manager, or a manager's `approval`."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    id: UUID | None = None
    register: Code | None = None
    refunds: Annotated[tuple[RefundBody, ...], Meta(max_length=20)] = ()
    approval: UUID | None = None
    reason_code: Text = ""


class UnbilledLineBody(Body):
    """Goods without their bill: a product by id, or by `barcode` (also a PLU or SKU)."""

    quantity: Decimal
    product: UUID | None = None
    barcode: Code | None = None
    disposition: Literal["restock", "damaged", "expired"] = "restock"


class ReturnWithoutBillBody(Body):
    """A return without its bill, at today's prices. Needs a manager, or a manager's `approval` for its `id`.

    It gives store credit, to `customer` if there is one; money only where the organization allows it.
    """

    id: UUID
    store: Code
    register: Code
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    lines: Annotated[tuple[UnbilledLineBody, ...], Meta(min_length=1, max_length=999)]
    customer: BuyerBody | None = None
    refunds: Annotated[tuple[RefundBody, ...], Meta(max_length=20)] = ()
    approval: UUID | None = None
    reason_code: Text = ""


class ExchangeSaleBody(SaleBody):
    """The sale of an exchange; `payments` only for what it costs more than what comes back."""

    payments: Annotated[tuple[PaymentBody, ...], Meta(max_length=20)] = ()


class ExchangeBody(Body):
    """A return and a sale in one go. What comes back pays for what goes out; `refunds` give back the rest."""

    id: UUID
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    sale: ExchangeSaleBody
    lines: Annotated[tuple[ReturnLineBody, ...], Meta(max_length=999)] = ()
    refunds: Annotated[tuple[RefundBody, ...], Meta(max_length=20)] = ()
    reason_code: Text = ""


class CreditNoteLineAnswer(Answer):
    line: UUID | None
    product: UUID
    name: str
    sku: str
    hsn: str
    quantity: Decimal
    unit: str
    disposition: str
    taxable: Decimal
    taxes: list[TaxAnswer]
    tax: Decimal
    total: Decimal


class RefundAnswer(Answer):
    """`code` is the store credit's, for the one who bears it. `provider_state` is how far the payment provider is with
    what it gives back itself: asked, done or failed; null where people have given it back."""

    method: str
    amount: Decimal
    reference: str
    code: str | None
    provider_state: str | None


class CreditNoteHead(Answer):
    id: UUID
    number: str
    kind: str
    bill: UUID | None
    bill_number: str | None
    store: str
    register: str
    shift: UUID
    cashier: str
    reason: str
    finalized_at: datetime
    business_date: date
    currency: str
    taxable: Decimal
    tax: Decimal
    round_off: Decimal
    total: Decimal


class CreditNoteAnswer(CreditNoteHead):
    lines: list[CreditNoteLineAnswer]
    taxes: list[BillTaxAnswer]
    refunds: list[RefundAnswer]
    hash: str


class ExchangeAnswer(Answer):
    credit_note: CreditNoteAnswer
    bill: BillAnswer
