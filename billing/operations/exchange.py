"""Goods come back and others go out in one go: a credit note and a bill that is paid with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from billing.models import BillLine
from billing.models.payment import Method
from billing.operations.buyers import customer_of
from billing.operations.checkout import checkout
from billing.operations.quote import quote
from billing.operations.returns import lock_bill, preview, take_goods_back
from billing.queries import PostedBill, PostedCreditNote, posted_bill, posted_credit_note
from billing.return_request import RefundTender, ReturnRequest
from billing.sale import Sale, Tender
from inventory.operations.stock import lock_stock
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Exchange:
    note: PostedCreditNote
    bill: PostedBill


@dataclass(frozen=True, slots=True)
class _Split:
    """What comes back, as far as it pays for the new goods, and whether more goes out or in."""

    covered: Decimal
    is_rest_refunded: bool
    is_rest_paid: bool


@transaction.atomic(savepoint=False)
def exchange(request: ReturnRequest, sale: Sale, *, actor: Actor, at: datetime) -> Exchange:
    """Both documents or neither. What comes back pays for what goes out, as store credit that is spent at once.

    `sale.payments` pay what the new goods cost more, `request.refunds` give back what they cost less. Sent again with
    its two ids, both documents come back. Raises what a return and a sale raise.
    """
    require(actor, Permission.SELL, request.store.pk)
    lock_bill(request.bill)
    split = _as_posted(request, sale) or _work_out(request, sale, actor, at)
    refunds: tuple[RefundTender, ...] = (RefundTender(Method.STORE_CREDIT, split.covered),)
    if split.is_rest_refunded:
        refunds += request.refunds or (RefundTender(Method.CASH),)
    note = take_goods_back(replace(request, refunds=refunds), actor=actor, at=at)
    credit = note.refunds[0].stored_value
    payments = sale.payments if split.is_rest_paid else ()
    if credit is not None:
        payments = (Tender(Method.STORE_CREDIT, split.covered, reference=credit.code), *payments)
    bill = checkout(replace(sale, payments=payments), actor=actor, at=at)
    return Exchange(note, bill)


def _as_posted(request: ReturnRequest, sale: Sale) -> _Split | None:
    """How it was split when this very exchange was made."""
    note, bill = posted_credit_note(request.id), posted_bill(sale.id)
    if note is None or bill is None:
        return None
    covered = note.refunds[0].amount
    return _Split(covered, len(note.refunds) > 1, len(bill.payments) > (1 if covered else 0))


def _work_out(request: ReturnRequest, sale: Sale, actor: Actor, at: datetime) -> _Split:
    back = preview(request, actor=actor)
    customer = customer_of(sale.basket.buyer, sale.basket.store, actor, at)
    priced = quote(sale.basket, customer=customer, at=at)
    _lock(request, [line.item.id for line in priced.lines])
    total = priced.cart.total
    return _Split(min(back, total), back > total, total > back)


def _lock(request: ReturnRequest, going_out: list[UUID]) -> None:
    """All stock of both documents, in the order of everybody else; each of them would take its own only."""
    coming_back = BillLine.objects.filter(bill=request.bill).values_list("product_id", flat=True)
    lock_stock(((product, None, -ONE) for product in {*coming_back, *going_out}), store=request.store.pk)
