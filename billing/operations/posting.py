"""The rows of a sale, and the one call that writes them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connection, models
from structlog.contextvars import get_contextvars

from billing import chain
from billing.models import Bill, BillBuyer, BillLine, DocumentSeries, Payment, Shift
from billing.operations.quote import GRAM, Quote, QuotedLine
from billing.operations.registers import bill_prefix
from billing.pricing import TaxAmount
from billing.sale import Sale
from billing.tenders import Settled
from customers.models import Customer
from pantrypal.core.actor import Actor
from pantrypal.core.business_time import fiscal_year
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7


@dataclass(slots=True)
class Draft:
    """A sale as rows, complete but for its number and hash."""

    bill: Bill
    lines: list[BillLine]
    payments: list[Payment]
    buyer: BillBuyer | None
    quoted: Sequence[QuotedLine]


def draft_bill(
    sale: Sale, quote: Quote, settled: Sequence[Settled], change: Decimal, *, shift: Shift, customer: Customer | None,
    actor: Actor, at: datetime,
) -> Draft:  # fmt: skip
    store, cart = sale.basket.store, quote.cart
    made_at = sale.occurred_at or at
    bill = Bill(
        id=sale.id,
        store_id=store.pk,
        register=sale.register,
        shift=shift,
        finalized_at=at,
        occurred_at=sale.occurred_at,
        document_date=store.document_date(made_at),
        business_date=store.business_date(made_at),
        customer=customer,
        cashier=actor.label,
        seller_id=seller_id(seller(store)),
        buyer_gstin=customer.gstin if customer else "",
        place_of_supply=quote.place_of_supply,
        prices_include_tax=store.org.prices_include_tax,
        currency=store.org.currency,
        subtotal=cart.subtotal,
        discount=cart.discount,
        taxable=cart.taxable,
        tax=cart.tax,
        taxes=[tax_row(tax) | {"taxable": plain(tax.taxable)} for tax in cart.taxes],
        round_off=cart.round_off,
        total=cart.total,
        change=change,
        fingerprint=sale.fingerprint(),
    )
    lines = [_line(bill, position, line) for position, line in enumerate(quote.lines, 1)]
    payments = [Payment(bill=bill, position=position, **asdict(payment)) for position, payment in enumerate(settled, 1)]
    draft = Draft(bill, lines, payments, _buyer(bill, customer), quote.lines)
    bill.content_hash = chain.content_hash(bill, lines, payments, draft.buyer)
    return draft


def post(draft: Draft, *, store: Store, actor: Actor) -> dict[str, Any]:
    """Write the sale by billing/sql/post_bill.sql; puts number and hash on the bill. Answers what it answers."""
    bill = draft.bill
    payload = {
        "bill": to_row(bill),
        "seller": {"id": bill.seller_id, "org_id": bill.org_id, "content": seller(store)},
        "buyer": to_row(draft.buyer) if draft.buyer else None,
        "lines": [to_row(line) for line in draft.lines],
        "payments": [to_row(payment) for payment in draft.payments],
        "tallies": list(_tallies(draft)),
        "stock": {"lines": list(_stock(draft)), "oversell": _may_oversell(store, bill)},
        "series": {
            "kind": DocumentSeries.Kind.BILL,
            "fiscal_year": fiscal_year(bill.document_date, store.org.fiscal_year_start),
            "prefix": bill_prefix(store, bill.register),
        },
        "audit": _audit(bill, actor),
        "event": _event(bill),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT billing_post_bill(%s)", [json.dumps(payload, default=chain.plain)])
        answer: dict[str, Any] = json.loads(cursor.fetchone()[0], parse_float=Decimal)
    if "number" in answer:
        bill.number, bill.sequence = answer["number"], answer["sequence"]
        bill.series_id = UUID(answer["series_id"])
        bill.previous_hash, bill.hash = answer["previous_hash"], answer["hash"]
    return answer


def to_row(instance: models.Model) -> dict[str, Any]:
    """The instance as its table's columns."""
    return {str(field.column): getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def tax_row(tax: TaxAmount) -> dict[str, str]:
    return {"name": tax.name, "rate": plain(tax.rate.normalize()), "amount": plain(tax.amount)}


def plain(value: Decimal) -> str:
    return format(value, "f")


def seller(store: Store) -> dict[str, str]:
    """Who sells, as bills say it."""
    org = store.org
    return {
        "name": org.name,
        "legal_name": org.legal_name or org.name,
        "store": store.name,
        "address": store.address or org.address,
        "phone": store.phone,
        "gstin": store.own_gstin,
        "state_code": store.state_code,
        "header": store.receipt_header,
        "footer": store.receipt_footer,
    }


def seller_id(content: dict[str, str]) -> UUID:
    """Made from the content, so that the same wording is the same row without looking."""
    return uuid5(NAMESPACE_OID, json.dumps(content, sort_keys=True))


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
        discount_reasons=[{"text": reason.text, "amount": plain(reason.amount)} for reason in priced.reasons],
        taxable=priced.taxable,
        taxes=[tax_row(tax) for tax in priced.taxes],
        tax=priced.tax,
        total=priced.total,
        cost=(item.cost or ZERO) * line.quantity * item.pack,
    )


def _buyer(bill: Bill, customer: Customer | None) -> BillBuyer | None:
    if customer is None:
        return None
    return BillBuyer(
        bill=bill,
        name=customer.name,
        phone=customer.phone,
        email=customer.email,
        address=customer.address,
        state_code=customer.state_code,
        salt=secrets.token_hex(16),
    )


def _stock(draft: Draft) -> Iterable[dict[str, Any]]:
    for line, quoted in zip(draft.lines, draft.quoted, strict=True):
        if quoted.item.tracks_stock:
            yield {"line": line.pk, "product": line.product_id, "quantity": (line.quantity * line.pack).quantize(GRAM)}


def _may_oversell(store: Store, bill: Bill) -> bool:
    """A sale made off line has happened: it is always taken, and what it oversold becomes an alert."""
    return store.stock_policy == Store.StockPolicy.ALLOW or bill.occurred_at is not None


def _tallies(draft: Draft) -> Iterable[dict[str, Any]]:
    bill = draft.bill
    yield {"kind": "sales", "name": "", "amount": bill.total, "count": 1}
    yield {"kind": "discount", "name": "", "amount": bill.discount, "count": int(bill.discount > 0)}
    yield {"kind": "round_off", "name": "", "amount": bill.round_off, "count": int(bill.round_off != 0)}
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for tax in bill.taxes:
        name = f"{tax['name']} {tax['rate']}"
        amount, count = sums.get(("tax", name), (ZERO, 0))
        sums["tax", name] = amount + Decimal(tax["amount"]), count + 1
    for payment in draft.payments:
        amount, count = sums.get(("payment", payment.method), (ZERO, 0))
        sums["payment", payment.method] = amount + payment.amount, count + 1
    for (kind, name), (amount, count) in sums.items():
        yield {"kind": kind, "name": name, "amount": amount, "count": count}


def _audit(bill: Bill, actor: Actor) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "org_id": bill.org_id,
        "at": bill.finalized_at,
        "actor_kind": actor.kind,
        "actor_id": actor.ident,
        "actor_label": actor.label,
        "action": "bill.posted",
        "subject_type": "billing.bill",
        "subject_id": str(bill.pk),
        "data": {"total": bill.total},
        "request_id": str(get_contextvars().get("request_id", ""))[:64],
    }


def _event(bill: Bill) -> dict[str, Any]:
    payload = {"bill": bill.pk, "store": bill.store_id, "total": bill.total, "customer": bill.customer_id}
    return {
        "id": uuid7(),
        "org_id": bill.org_id,
        "topic": "bill.posted",
        "payload": payload,
        "created_at": bill.finalized_at,
    }
