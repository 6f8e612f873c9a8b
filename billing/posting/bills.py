"""The rows of a sale, and the one call that writes them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from billing import chain
from billing.models import Bill, BillBuyer, BillLine, DocumentSeries, Payment, SellerSnapshot, Shift
from billing.operations.offline import Numbering
from billing.operations.quote import Quote, QuotedLine
from billing.posting.rows import (
    Tally,
    add_up,
    audit,
    bill_tax_row,
    call,
    event,
    put_number,
    reason_row,
    series,
    tax_row,
    to_row,
)
from billing.posting.sellers import seller_row
from billing.sale import Sale
from billing.tenders import Settled
from customers.models import Customer
from pantrypal.core.actor import Actor
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO


@dataclass(slots=True)
class Draft:
    """A sale as rows, complete but for its number and hash."""

    bill: Bill
    lines: list[BillLine]
    payments: list[Payment]
    buyer: BillBuyer | None
    quoted: Sequence[QuotedLine]
    oversell: bool
    lots: Mapping[tuple[UUID, str], UUID]
    coupons: list[UUID]
    numbered_in: DocumentSeries.Kind


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a sale has besides its basket and its payments.

    `lots` are those of the packs in hand that are to be taken, by product and lot code.
    """

    shift: Shift
    customer: Customer | None
    change: Decimal
    oversell: bool
    actor: Actor
    at: datetime
    happened_at: datetime
    numbering: Numbering
    lots: Mapping[tuple[UUID, str], UUID] = field(default_factory=dict)


def draft_bill(sale: Sale, quote: Quote, settled: Sequence[Settled], given: Circumstances) -> Draft:
    store, cart, customer = sale.basket.store, quote.cart, given.customer
    made_at = given.happened_at
    bill = Bill(
        id=sale.id,
        store_id=store.pk,
        register=sale.register,
        shift=given.shift,
        finalized_at=given.at,
        occurred_at=sale.occurred_at,
        document_date=store.document_date(made_at),
        business_date=store.business_date(made_at),
        customer=customer,
        cashier=given.actor.label,
        seller=SellerSnapshot(**seller_row(store)),
        buyer_gstin=customer.gstin if customer else "",
        place_of_supply=quote.place_of_supply,
        prices_include_tax=store.org.prices_include_tax,
        currency=store.org.currency,
        subtotal=cart.subtotal,
        discount=cart.discount,
        taxable=cart.taxable,
        tax=cart.tax,
        taxes=[bill_tax_row(tax) for tax in cart.taxes],
        round_off=cart.round_off,
        total=cart.total,
        change=given.change,
        fingerprint=sale.fingerprint(),
        printed_number=given.numbering.printed_number,
    )
    lines = [_line(bill, position, line) for position, line in enumerate(quote.lines, 1)]
    payments = [Payment(bill=bill, position=position, **asdict(payment)) for position, payment in enumerate(settled, 1)]
    draft = Draft(
        bill=bill,
        lines=lines,
        payments=payments,
        buyer=_buyer(bill, customer),
        quoted=quote.lines,
        oversell=given.oversell,
        lots=given.lots,
        coupons=[coupon.id for coupon in quote.coupons if coupon.id],
        numbered_in=given.numbering.kind,
    )
    bill.content_hash = chain.bill_hash(bill, lines, payments, draft.buyer)
    return draft


def post(draft: Draft, *, store: Store, actor: Actor) -> dict[str, Any]:
    """Write the sale by billing/sql/post_bill.sql; puts number and hash on the bill. Answers what it answers."""
    bill = draft.bill
    answer = call(
        "billing_post_bill",
        {
            "bill": to_row(bill),
            "seller": seller_row(store),
            "buyer": to_row(draft.buyer) if draft.buyer else None,
            "lines": [to_row(line) for line in draft.lines],
            "payments": [to_row(payment) for payment in draft.payments],
            "tallies": add_up(_tallies(draft)),
            "stock": {"lines": list(_stock(draft)), "oversell": draft.oversell},
            "value": [
                {"account": payment.stored_value_id, "amount": -payment.amount}
                for payment in draft.payments
                if payment.stored_value_id
            ],
            "coupons": {"ids": draft.coupons, "always": bill.occurred_at is not None},
            "series": series(draft.numbered_in, store, bill),
            "audit": audit("bill.posted", bill, actor, total=bill.total),
            "event": event("bill.posted", bill, bill=bill.pk),
        },
    )
    if "number" in answer:
        put_number(bill, answer)
    return answer


def _line(bill: Bill, position: int, line: QuotedLine) -> BillLine:
    item, priced = line.item, line.priced
    return BillLine(
        bill=bill,
        position=position,
        product_id=item.id,
        name=item.name,
        names=item.names,
        sku=item.sku,
        barcode=item.barcode,
        hsn=item.hsn,
        quantity=line.quantity,
        unit=item.unit,
        pack=item.pack,
        mrp=item.mrp,
        unit_price=line.unit_price,
        gross=priced.gross,
        discount=priced.discount,
        discount_reasons=[reason_row(reason) for reason in priced.reasons],
        taxable=priced.taxable,
        taxes=[tax_row(tax) for tax in priced.taxes],
        tax=priced.tax,
        total=priced.total,
        cost=(item.cost or ZERO) * line.quantity * item.pack,
    )


def _buyer(bill: Bill, customer: Customer | None) -> BillBuyer | None:
    if customer is None:
        return None
    buyer = BillBuyer(
        bill=bill,
        name=customer.name,
        phone=customer.phone,
        email=customer.email,
        address=customer.address,
        state_code=customer.state_code,
        salt=secrets.token_hex(16),
    )
    buyer.digest = chain.buyer_digest(buyer)
    return buyer


def _stock(draft: Draft) -> Iterable[dict[str, Any]]:
    for line, quoted in zip(draft.lines, draft.quoted, strict=True):
        for goods in quoted.item.goods(line.quantity):
            lot = draft.lots.get((goods.product, quoted.lot))
            yield {"line": line.pk, "product": goods.product, "quantity": goods.quantity, "lot": lot}


def _tallies(draft: Draft) -> Iterable[Tally]:
    bill = draft.bill
    yield Tally("sales", "", bill.total)
    yield Tally("discount", "", bill.discount)
    yield Tally("round_off", "", bill.round_off)
    yield from Tally.of_taxes(bill.taxes)
    for payment in draft.payments:
        yield Tally("payment", payment.method, payment.amount)
