"""A sale as a register's device sends it that has made it off line: what its paper says."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, to_builtins

from billing.models import Register, RegisterDevice
from billing.operations.quote import GRAM
from billing.pricing import HUNDRED
from billing.sale import Basket, Offline, Printed, Sale, SaleLine, Tender
from pantrypal.core.api.bodies import Body, decode_json
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money


class PaperLine(Body):
    """`quantity` counts packs where the code is that of one, else units of the product."""

    product: UUID
    quantity: Decimal
    price: Decimal
    rate: Decimal
    cess: Decimal
    pack: Decimal = Decimal(1)
    code: Annotated[str, Meta(max_length=60)] = ""
    by_piece: bool = False


class PaperPayment(Body):
    method: Literal["cash", "card", "upi"]
    tendered: Decimal | None = None
    reference: Annotated[str, Meta(max_length=64)] = ""


class PaperBill(Body):
    """`cashier` is the person's id; `cart` the one that was being rung up when the line went down."""

    id: UUID
    device: UUID
    sequence: Annotated[int, Meta(ge=1, le=9_999_999)]
    occurred_at: datetime
    total: Decimal
    lines: Annotated[tuple[PaperLine, ...], Meta(min_length=1, max_length=999)]
    payment: PaperPayment
    cashier: int | None = None
    cart: UUID | None = None
    renumber: bool = False

    def content(self) -> dict[str, Any]:
        """Everything on it, as JSON can carry it."""
        content: dict[str, Any] = to_builtins(self)
        return content

    def sale(self, register: Register, store: Store, device: RegisterDevice | None) -> Sale:
        """Raises Invalid."""
        if self.occurred_at.tzinfo is None:
            raise _wrong("occurred_at")
        payment = self.payment
        return Sale(
            id=self.id,
            register=register,
            basket=Basket(store, tuple(_line(line, i, store.org.places) for i, line in enumerate(self.lines))),
            payments=(Tender(payment.method, tendered=payment.tendered, reference=payment.reference),),
            expected_total=self.total,
            occurred_at=self.occurred_at,
            offline=Offline(device, self.sequence, self.renumber),
        )


def read_paper_bill(raw: bytes) -> PaperBill:
    """Raises Invalid with the field's path."""
    return decode_json(raw, PaperBill)


def _line(line: PaperLine, i: int, places: int) -> SaleLine:
    if line.price < ZERO or round_money(line.price, places) != line.price:
        raise _wrong(f"lines.{i}.price")
    if line.pack < GRAM or line.pack % GRAM:
        raise _wrong(f"lines.{i}.pack")
    if not (ZERO <= line.rate <= HUNDRED and ZERO <= line.cess <= HUNDRED):
        raise _wrong(f"lines.{i}.rate")
    price, pack = round_money(line.price, places), line.pack.quantize(GRAM)
    printed = Printed(price, line.rate, line.cess, pack, line.code, line.by_piece)
    return SaleLine(line.quantity, product=line.product, printed=printed)


def _wrong(field: str) -> Invalid:
    sentence = "This is not what a paper can say."
    return Invalid(f"{field}: {sentence}", {field: [sentence]})
