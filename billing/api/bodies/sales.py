"""Sales, quotes and bills."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from pantrypal.core.api.bodies import Answer, Body, Code, Email, Gstin, LongText, Name, Phone, StateCode

Lot = Annotated[str, Meta(max_length=40)]
ScannedCode = Annotated[str, Meta(min_length=1, max_length=500)]
Reference = Annotated[str, Meta(max_length=64)]
CouponCode = Annotated[str, Meta(min_length=1, max_length=40)]


class DiscountBody(Body):
    """Either `percent` or `amount`."""

    percent: Decimal | None = None
    amount: Decimal | None = None


class SaleLineBody(Body):
    """A product by id, or by `barcode`: whatever a scanner sends, a PLU or SKU.

    `lot` and `expires_on` are what is printed on the pack; a code that carries them need not repeat them.
    """

    quantity: Decimal
    product: UUID | None = None
    barcode: ScannedCode | None = None
    discount: DiscountBody | None = None
    lot: Lot = ""
    expires_on: date | None = None


class BuyerBody(Body):
    """A customer by id, or by phone: found, or made if there is none."""

    id: UUID | None = None
    phone: Phone = ""
    name: Name = ""
    email: Email = ""
    gstin: Gstin = ""
    address: LongText = ""
    state_code: StateCode = ""


class PaymentBody(Body):
    """Without `amount` it pays what the others leave; for cash, `tendered` is what was handed over.

    The `reference` of store credit is its code; a customer's own needs none.
    """

    method: Literal["cash", "card", "upi", "store_credit"]
    amount: Decimal | None = None
    tendered: Decimal | None = None
    reference: Reference = ""


Lines = Annotated[tuple[SaleLineBody, ...], Meta(min_length=1, max_length=999)]
Payments = Annotated[tuple[PaymentBody, ...], Meta(min_length=1, max_length=20)]


Coupons = Annotated[tuple[CouponCode, ...], Meta(max_length=20)]


class QuoteBody(Body):
    """`age_checked`: somebody has made sure of the buyer's age; goods with a minimum age are refused without it."""

    store: Code
    lines: Lines
    register: Code | None = None
    customer: BuyerBody | None = None
    discount: DiscountBody | None = None
    coupons: Coupons = ()
    age_checked: bool = False


class SaleBody(Body):
    """A sale. `id` (UUIDv7) is its idempotency key for ever; without one the server makes it.

    `approval` is a manager's, for a discount over the limit or for `oversell`. Goods with a minimum age are sold only
    to a buyer whose age somebody has made sure of: `age_checked`, kept with the bill; else `422 age_check_required`.

    A sale made off line carries `occurred_at`; it is always taken, and what it oversold becomes an alert; one whose
    `expected_total` was another is taken too and told as `bill.paper_differs`. The device
    paired with a till also sends the number that it has printed: `offline_sequence`, counted from the one that
    `offline_next` of the register told for the fiscal year of the sale. Sales are sent in order; a number too high is
    `409 offline_gap` with the one to send first, or `renumber` where those are lost. A number that another bill has
    means that two devices use one pairing: both sales are kept, this one with a number of the ordinary series and the
    paper's in `printed_number`, and the register must be paired anew.
    """

    store: Code
    register: Code
    lines: Lines
    payments: Payments
    id: UUID | None = None
    customer: BuyerBody | None = None
    discount: DiscountBody | None = None
    coupons: Coupons = ()
    expected_total: Decimal | None = None
    occurred_at: datetime | None = None
    offline_sequence: Annotated[int, Meta(ge=1, le=9_999_999)] | None = None
    renumber: bool = False
    oversell: bool = False
    age_checked: bool = False
    approval: UUID | None = None


class TaxAnswer(Answer):
    name: str
    rate: Decimal
    amount: Decimal


class BillTaxAnswer(TaxAnswer):
    taxable: Decimal


class ReasonAnswer(Answer):
    """Why a line costs less; `promotion` is the one that gave it, null where somebody did by hand."""

    text: str
    amount: Decimal
    promotion: UUID | None


class QuotedCouponAnswer(Answer):
    """What became of a coupon: `accepted` where it gives something; `reason` says what it gives, or why not."""

    code: str
    accepted: bool
    reason: str


class LineAnswer(Answer):
    product: UUID
    name: str
    sku: str
    barcode: str
    hsn: str
    quantity: Decimal
    unit: str
    mrp: Decimal | None
    unit_price: Decimal
    gross: Decimal
    discount: Decimal
    discount_reasons: list[ReasonAnswer]
    taxable: Decimal
    taxes: list[TaxAnswer]
    total: Decimal


class QuotedLineAnswer(LineAnswer):
    """`price_reason` says why the price is not the usual one; empty where it is."""

    price_reason: str


class QuoteAnswer(Answer):
    """What the buyer would pay now, to the same figures that a sale stores."""

    store: str
    currency: str
    place_of_supply: str
    lines: list[QuotedLineAnswer]
    subtotal: Decimal
    discount: Decimal
    taxable: Decimal
    taxes: list[BillTaxAnswer]
    tax: Decimal
    round_off: Decimal
    total: Decimal
    coupons: list[QuotedCouponAnswer]


class CustomerOnBill(Answer):
    id: UUID | None
    name: str
    phone: str
    email: str
    address: str
    state_code: str
    gstin: str


class BilledLine(LineAnswer):
    id: UUID
    names: dict[str, str]
    pack: Decimal
    tax: Decimal


class PaymentAnswer(Answer):
    method: str
    amount: Decimal
    tendered: Decimal | None
    reference: str


class BillAnswer(Answer):
    """A posted bill. Nothing of it ever changes."""

    id: UUID
    number: str
    printed_number: str
    status: str
    store: str
    register: str
    shift: UUID
    cashier: str
    seller: dict[str, str]
    customer: CustomerOnBill | None
    place_of_supply: str
    finalized_at: datetime
    occurred_at: datetime | None
    document_date: date
    business_date: date
    time_zone: str
    currency: str
    prices_include_tax: bool
    lines: list[BilledLine]
    subtotal: Decimal
    discount: Decimal
    taxable: Decimal
    taxes: list[BillTaxAnswer]
    tax: Decimal
    round_off: Decimal
    total: Decimal
    payments: list[PaymentAnswer]
    change: Decimal
    points_earned: int
    hash: str
    links: dict[str, str]


class BillHead(Answer):
    """A bill in a list: all but its lines and payments."""

    id: UUID
    number: str
    status: str
    store: str
    register: str
    shift: UUID
    cashier: str
    customer: UUID | None
    finalized_at: datetime
    business_date: date
    currency: str
    subtotal: Decimal
    discount: Decimal
    tax: Decimal
    round_off: Decimal
    total: Decimal
    links: dict[str, str]
