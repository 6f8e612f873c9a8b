"""Taking goods back whose bill is lost: at today's prices, with a manager's yes, for store credit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing import chain
from billing.models import ApprovalKind, CreditNote, CreditNoteLine
from billing.models.payment import Method
from billing.operations.approvals import Question, require_approval
from billing.operations.buyers import customer_of
from billing.operations.quote import Quote, QuotedLine, quote
from billing.operations.refunds import draft_refunds
from billing.posting.credit_notes import Draft, GoodsBack, post
from billing.posting.rows import bill_tax_row, tax_row
from billing.posting.sellers import seller_row
from billing.queries import PostedCreditNote, open_shift_of, posted_credit_note, till_rules
from billing.refusals import BillIdReused, RefundMismatch, ShiftNotOpen
from billing.return_request import RefundTender, ReturnWithoutBill
from billing.sale import Basket, SaleLine
from customers.models import Customer
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO


@transaction.atomic(savepoint=False)
def take_goods_without_bill(request: ReturnWithoutBill, *, actor: Actor, at: datetime) -> PostedCreditNote:
    """Post a credit note of its own with its refund, or nothing at all; sent again, the first one comes back.

    Raises ApprovalRequired, RefundMismatch, ShiftNotOpen, BillIdReused, Invalid, and what a quote raises.
    """
    require(actor, Permission.SELL, request.store.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"{request.id}", actor.org_id])
    if earlier := _earlier(request):
        return earlier
    if not request.reason.strip():
        raise Invalid(_("Please give the reason."), {"reason": [_("Please give the reason.")]})
    _require_store_credit(request.refunds)
    shift = open_shift_of(request.register)
    if shift is None:
        raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
    customer = customer_of(request.buyer, request.store, actor, at)
    lines = tuple(SaleLine(line.quantity, line.product, line.code) for line in request.lines)
    priced = quote(Basket(request.store, lines), customer=customer, at=at)
    question = Question(
        ApprovalKind.RETURN_WITHOUT_BILL,
        request.id,
        request.store,
        request.reason,
        priced.cart.total,
        request.reason_code,
    )
    approval = require_approval(question, request.approval, actor=actor, at=at)
    draft = _draft(request, priced, actor, at)
    draft.note.shift, draft.note.approval, draft.note.customer = shift, approval, customer
    _complete(draft, request, at)
    if post(draft, store=request.store, actor=actor).get("closed"):
        raise ShiftNotOpen(_("This shift has just been closed. Please open a new one."))
    return PostedCreditNote(draft.note, draft.lines, draft.refunds)


def _earlier(request: ReturnWithoutBill) -> PostedCreditNote | None:
    earlier = posted_credit_note(request.id, is_repeat=True)
    if earlier is not None and earlier.note.fingerprint != request.fingerprint():
        raise BillIdReused(
            _("Credit note %s was made with this id and other content. Nothing was changed.") % earlier.note.number
        )
    return earlier


def _require_store_credit(refunds: Sequence[RefundTender]) -> None:
    others = [refund for refund in refunds if refund.method != Method.STORE_CREDIT]
    if others and not till_rules().refunds_without_bill_in_money:
        raise RefundMismatch(_("Without the bill goods give store credit only."))


def _draft(request: ReturnWithoutBill, priced: Quote, actor: Actor, at: datetime) -> Draft:
    store, cart = request.store, priced.cart
    note = CreditNote(
        id=request.id,
        kind=CreditNote.Kind.WITHOUT_BILL,
        reason=request.reason.strip(),
        reason_code=request.reason_code,
        store_id=store.pk,
        register=request.register,
        finalized_at=at,
        document_date=store.document_date(at),
        business_date=store.business_date(at),
        cashier=actor.label,
        seller_id=seller_row(store)["id"],
        place_of_supply=priced.place_of_supply,
        prices_include_tax=store.org.prices_include_tax,
        currency=store.org.currency,
        taxable=cart.taxable,
        tax=cart.tax,
        taxes=[bill_tax_row(tax) for tax in cart.taxes],
        round_off=cart.round_off,
        total=cart.total,
        fingerprint=request.fingerprint(),
    )
    asked = zip(request.lines, priced.lines, strict=True)
    lines = [_line(note, place, line, ask.disposition) for place, (ask, line) in enumerate(asked, 1)]
    goods = [back for line, quoted in zip(lines, priced.lines, strict=True) for back in _goods(line, quoted)]
    return Draft(note, lines, [], goods)


def _line(note: CreditNote, position: int, quoted: QuotedLine, disposition: str) -> CreditNoteLine:
    item, priced = quoted.item, quoted.priced
    return CreditNoteLine(
        credit_note=note,
        position=position,
        product_id=item.id,
        name=item.name,
        names=item.names,
        sku=item.sku,
        hsn=item.hsn,
        quantity=quoted.quantity,
        unit=item.unit,
        pack=item.pack,
        disposition=disposition,
        taxable=priced.taxable,
        taxes=[tax_row(tax) for tax in priced.taxes],
        tax=priced.tax,
        total=priced.total,
        cost=(item.cost or ZERO) * quoted.quantity * item.pack,
    )


def _goods(line: CreditNoteLine, quoted: QuotedLine) -> list[GoodsBack]:
    """Of no lot, for nobody knows which it was, and at the average cost of what is there."""
    return [GoodsBack(line, part.product, None, part.quantity, None) for part in quoted.item.goods(line.quantity)]


def _complete(draft: Draft, request: ReturnWithoutBill, at: datetime) -> None:
    note, customer = draft.note, draft.note.customer
    note.buyer_gstin = customer.gstin if isinstance(customer, Customer) else ""
    places = request.store.org.places
    draft.refunds = draft_refunds(note, request.refunds, default=Method.STORE_CREDIT, places=places, at=at)
    note.content_hash = chain.credit_note_hash(note, draft.lines, draft.refunds)
