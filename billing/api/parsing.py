"""From request bodies to what the operations take."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from billing.api.bodies.sales import BuyerBody, DiscountBody, PaymentBody, QuoteBody, SaleBody, SaleLineBody
from billing.models import Register, RegisterDevice
from billing.operations.ages import EVERY_AGE
from billing.pricing import HUNDRED, Discount
from billing.sale import Basket, Buyer, Offline, Sale, SaleLine, Tender
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.tenancy.ids import uuid7


def basket_of(body: QuoteBody | SaleBody, store: Store) -> Basket:
    places = store.org.places
    lines = sale_lines(body.lines, places)
    discount, buyer = _discount(body.discount, "discount", places), buyer_of(body.customer)
    return Basket(store, lines, discount, buyer, body.coupons)


def sale_lines(lines: Sequence[SaleLineBody], places: int) -> tuple[SaleLine, ...]:
    """Raises Invalid."""
    return tuple(_line(line, i, places) for i, line in enumerate(lines))


def sale_of(body: SaleBody, store: Store, register: Register, device: RegisterDevice | None = None) -> Sale:
    """`device`: the paired one that sends it, if it does. Raises Invalid."""
    if body.offline_sequence is not None and body.occurred_at is None:
        raise _wrong("occurred_at", _("A sale made off line says when."))
    return Sale(
        id=_bill_id(body.id),
        register=register,
        basket=basket_of(body, store),
        payments=tuple(_tender(payment) for payment in body.payments),
        expected_total=body.expected_total,
        occurred_at=body.occurred_at,
        approvals=(body.approval,) if body.approval else (),
        oversell=body.oversell,
        checked_age=EVERY_AGE if body.age_checked else 0,
        offline=Offline(device, body.offline_sequence, body.renumber) if body.offline_sequence is not None else None,
    )


def _bill_id(given: UUID | None) -> UUID:
    if given is None:
        return uuid7()
    if given.int == 0:
        raise _wrong("id", _("Give a UUIDv7, or leave it out."))
    return given


def _line(line: SaleLineBody, i: int, places: int) -> SaleLine:
    if (line.product is None) == (line.barcode is None):
        raise _wrong(f"lines.{i}", _("Give either product or barcode."))
    discount = _discount(line.discount, f"lines.{i}.discount", places)
    return SaleLine(line.quantity, line.product, line.barcode or "", discount, line.lot, line.expires_on)


def _discount(body: DiscountBody | None, field: str, places: int) -> Discount | None:
    if body is None:
        return None
    if (body.percent is None) == (body.amount is None):
        raise _wrong(field, _("Give either percent or amount."))
    if body.percent is not None:
        if not ZERO <= body.percent <= HUNDRED:
            raise _wrong(field, _("Between 0 and 100 percent."))
        return Discount(percent=body.percent, reason=_("%s %% off") % format(body.percent.normalize(), "f"))
    amount = body.amount or ZERO
    if amount < 0 or round_money(amount, places) != amount:
        raise _wrong(field, _("Not below zero, and not finer than the smallest coin."))
    return Discount(amount=amount, reason=_("Discount"))


def buyer_of(body: BuyerBody | None) -> Buyer | None:
    if body is None:
        return None
    if (body.id is None) == (not body.phone):
        raise _wrong("customer", _("Give either id or phone."))
    values = {name: value for name, value in msgspec.structs.asdict(body).items() if name != "id"}
    return Buyer(customer=body.id, **values)


def _tender(body: PaymentBody) -> Tender:
    return Tender(body.method, body.amount, body.tendered, body.reference)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(f"{field}: {sentence}", {field: [sentence]})
