"""Taking goods back against a bill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing import chain
from billing.models import ApprovalKind, Bill, BillLine, CreditNote, CreditNoteLine, Shift
from billing.operations.approvals import Question, require_approval
from billing.operations.goods_back import goods_back
from billing.operations.provider_refunds import ask_provider
from billing.operations.refunds import draft_refunds
from billing.posting.credit_notes import Draft, post
from billing.posting.rows import bill_tax_row, tax_row
from billing.posting.sellers import seller_row
from billing.pricing import TaxAmount
from billing.queries import PostedCreditNote, open_shift_of, posted_credit_note
from billing.refusals import BillIdReused, NothingToReturn, ShiftNotOpen
from billing.return_request import ReturnLine, ReturnRequest
from billing.returns import Paid, ReturnedLine, SoldLine, payable_back, sum_taxes, take_back
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO


@transaction.atomic(savepoint=False)
def take_goods_back(request: ReturnRequest, *, actor: Actor, at: datetime) -> PostedCreditNote:
    """Post a credit note with its refunds, or nothing at all.

    Two returns of one bill are worked out one after the other (the bill's lock), so together they never
    give back more than was sold and paid. Sent again with its id, the first credit note comes back.
    Raises NothingToReturn, RefundMismatch, ShiftNotOpen, ApprovalRequired, BillIdReused, Invalid.
    """
    require(actor, Permission.SELL, request.store.pk)
    lock_bill(request.bill)
    if earlier := _earlier(request):
        return earlier
    if not request.reason.strip():
        raise Invalid(_("Please give the reason."), {"reason": [_("Please give the reason.")]})
    shift = open_shift_of(request.register)
    if shift is None:
        raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
    approval = None
    if request.is_void:
        question = Question(
            ApprovalKind.VOID, request.bill.pk, request.store, request.reason, request.bill.total, request.reason_code
        )
        approval = require_approval(question, request.approval, actor=actor, at=at)
    draft = _draft(request, shift, approval.pk if approval else None, actor, at)
    answer = post(draft, store=request.store, actor=actor)
    if answer.get("closed"):
        raise ShiftNotOpen(_("This shift has just been closed. Please open a new one."))
    ask_provider(draft.note, draft.refunds, actor=actor, at=at)
    return PostedCreditNote(draft.note, draft.lines, draft.refunds)


def preview(request: ReturnRequest, *, actor: Actor) -> Decimal:
    """What this return would give back now. Writes nothing. Raises NothingToReturn, Invalid."""
    require(actor, Permission.SELL, request.store.pk)
    earlier = list(CreditNoteLine.objects.filter(bill_line__bill=request.bill))
    wanted = _wanted(request, earlier)
    parts = [take_back(sold, quantity, request.store.org.places) for _line, sold, quantity, _disposition in wanted]
    return _payable(request, earlier, wanted, sum((part.total for part in parts), ZERO))


def lock_bill(bill: Bill) -> None:
    """The returns of a bill are worked out one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"returns {bill.pk}", bill.org_id])


def _earlier(request: ReturnRequest) -> PostedCreditNote | None:
    earlier = posted_credit_note(request.id, is_repeat=True)
    if earlier is not None and earlier.note.fingerprint != request.fingerprint():
        raise BillIdReused(
            _("Credit note %s was made with this id and other content. Nothing was changed.") % earlier.note.number
        )
    return earlier


def _draft(request: ReturnRequest, shift: Shift, approval: UUID | None, actor: Actor, at: datetime) -> Draft:
    bill, store = request.bill, request.store
    earlier = list(CreditNoteLine.objects.filter(bill_line__bill=bill))
    wanted = _wanted(request, earlier)
    places = store.org.places
    parts = [take_back(sold, quantity, places) for _line, sold, quantity, _disposition in wanted]
    note = CreditNote(
        id=request.id,
        kind=CreditNote.Kind.VOID if request.is_void else CreditNote.Kind.RETURN,
        bill=bill,
        reason=request.reason.strip(),
        reason_code=request.reason_code,
        approval_id=approval,
        store_id=store.pk,
        register=request.register,
        shift=shift,
        finalized_at=at,
        document_date=store.document_date(at),
        business_date=store.business_date(at),
        customer=bill.customer,
        cashier=actor.label,
        seller_id=seller_row(store)["id"],
        buyer_gstin=bill.buyer_gstin,
        place_of_supply=bill.place_of_supply,
        prices_include_tax=bill.prices_include_tax,
        currency=bill.currency,
        taxable=sum((part.taxable for part in parts), ZERO),
        tax=sum((part.tax for part in parts), ZERO),
        taxes=[bill_tax_row(tax) for tax in sum_taxes(parts)],
        fingerprint=request.fingerprint(),
    )
    lines_total = note.taxable + note.tax
    note.total = _payable(request, earlier, wanted, lines_total)
    note.round_off = note.total - lines_total
    lines = [
        _note_line(note, position, line, part, disposition)
        for position, ((line, _sold, _quantity, disposition), part) in enumerate(zip(wanted, parts, strict=True), 1)
    ]
    goods = goods_back(bill.pk, lines, earlier)
    for line in lines:
        line.cost = sum((some.quantity * (some.unit_cost or ZERO) for some in goods if some.line is line), ZERO)
    refunds = draft_refunds(note, request.refunds, default=_usual_method(bill), places=places, at=at)
    note.content_hash = chain.credit_note_hash(note, lines, refunds)
    return Draft(note, lines, refunds, goods)


Wanted = tuple[BillLine, SoldLine, Decimal, str]


def _wanted(request: ReturnRequest, earlier: Sequence[CreditNoteLine]) -> list[Wanted]:
    """The lines to take back, each as it was sold and with what has come back of it. Raises NothingToReturn."""
    sold = {line.pk: line for line in BillLine.objects.filter(bill=request.bill).order_by("position")}
    asked: Sequence[ReturnLine] = request.lines
    if not asked:
        asked = [ReturnLine(pk, _sold_line(line, earlier).left) for pk, line in sold.items()]
        asked = [line for line in asked if line.quantity > 0]
    if not asked:
        raise NothingToReturn(_("Everything on bill %s has been returned already.") % request.bill.number)
    if len({line.bill_line for line in asked}) != len(asked):
        raise Invalid(_("Each line can be returned once."), {"lines": [_("Each line can be returned once.")]})
    return [_one(sold.get(line.bill_line), line, earlier) for line in asked]


def _one(line: BillLine | None, asked: ReturnLine, earlier: Sequence[CreditNoteLine]) -> Wanted:
    if line is None:
        raise NothingToReturn(_("This line is not on the bill."))
    was = _sold_line(line, earlier)
    quantity = asked.quantity
    if not quantity.is_finite() or quantity <= 0 or quantity != quantity.quantize(line.quantity):
        raise Invalid(_("The quantity must be above zero."), {"lines": [_("The quantity must be above zero.")]})
    if line.unit == "pc" and line.quantity == line.quantity.to_integral_value() and quantity % 1:
        raise Invalid(_("%s comes back by the piece.") % line.name, {"lines": [_("Please give a whole number.")]})
    if quantity > was.left:
        raise NothingToReturn(
            _("Only %(left)s of %(product)s can still be returned.")
            % {"left": format(was.left.normalize(), "f"), "product": line.name},
            left=format(was.left, "f"),
        )
    return line, was, quantity.quantize(line.quantity), asked.disposition


def _sold_line(line: BillLine, earlier: Sequence[CreditNoteLine]) -> SoldLine:
    returned = sum((back.quantity for back in earlier if back.bill_line_id == line.pk), ZERO)
    taxes = [TaxAmount(tax["name"], Decimal(tax["rate"]), Decimal(tax["amount"]), ZERO) for tax in line.taxes]
    return SoldLine(line.quantity, returned, line.taxable, taxes)


def _payable(
    request: ReturnRequest, earlier: Sequence[CreditNoteLine], wanted: Sequence[Wanted], lines_now: Decimal
) -> Decimal:
    bill, store = request.bill, request.store
    notes = CreditNote.objects.filter(bill=bill).values_list("total", flat=True)
    paid = Paid(
        lines_total=bill.taxable + bill.tax,
        total=bill.total,
        lines_returned=sum((line.total for line in earlier), ZERO),
        refunded=sum(notes, ZERO),
    )
    out = {line.pk: _sold_line(line, earlier).left for line in BillLine.objects.filter(bill=bill)}
    for line, _sold, quantity, _disposition in wanted:
        out[line.pk] -= quantity
    is_last = not any(out.values())
    return payable_back(paid, lines_now, is_last=is_last, step=store.rounding_step, places=store.org.places)


def _note_line(note: CreditNote, position: int, line: BillLine, part: ReturnedLine, disposition: str) -> CreditNoteLine:
    return CreditNoteLine(
        credit_note=note,
        position=position,
        bill_line=line,
        product_id=line.product_id,
        name=line.name,
        names=line.names,
        sku=line.sku,
        hsn=line.hsn,
        quantity=part.quantity,
        unit=line.unit,
        pack=line.pack,
        disposition=disposition,
        taxable=part.taxable,
        taxes=[tax_row(tax) for tax in part.taxes],
        tax=part.tax,
        total=part.total,
    )


def _usual_method(bill: Bill) -> str:
    """The way most of the bill was paid."""
    payments = bill.payments.order_by("-amount", "position")
    return str(payments.values_list("method", flat=True)[0])
