"""Credit notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from billing.api.bodies.credit_notes import CreditNoteAnswer, CreditNoteLineAnswer, RefundAnswer
from billing.api.bodies.sales import BillTaxAnswer, TaxAnswer
from billing.models import CreditNote, CreditNoteLine, Refund
from billing.queries import PostedCreditNote


def shown_credit_note_head(note: CreditNote, codes: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": note.pk,
        "number": note.number,
        "kind": note.kind,
        "bill": note.bill_id,
        "bill_number": note.bill.number if note.bill else None,
        "store": codes[note.store_id],
        "register": note.register.code,
        "shift": note.shift_id,
        "cashier": note.cashier,
        "reason": note.reason,
        "finalized_at": note.finalized_at,
        "business_date": note.business_date,
        "currency": note.currency,
        "taxable": note.taxable,
        "tax": note.tax,
        "round_off": note.round_off,
        "total": note.total,
    }


def shown_credit_note(
    posted: PostedCreditNote, codes: dict[UUID, str], *, shows_codes: bool = True
) -> CreditNoteAnswer:
    """`shows_codes`: with the codes of store credit, which are as good as money."""
    return CreditNoteAnswer(
        **shown_credit_note_head(posted.note, codes),
        lines=[_credit_note_line(line) for line in posted.lines],
        taxes=[BillTaxAnswer(**tax) for tax in posted.note.taxes],
        refunds=[_refund(refund, shows_codes) for refund in posted.refunds],
        hash=posted.note.hash,
    )


def _credit_note_line(line: CreditNoteLine) -> CreditNoteLineAnswer:
    return CreditNoteLineAnswer(
        line=line.bill_line_id,
        product=line.product_id,
        name=line.name,
        sku=line.sku,
        hsn=line.hsn,
        quantity=line.quantity,
        unit=line.unit,
        disposition=line.disposition,
        taxable=line.taxable,
        taxes=[TaxAnswer(**tax) for tax in line.taxes],
        tax=line.tax,
        total=line.total,
    )


def _refund(refund: Refund, shows_codes: bool) -> RefundAnswer:
    code = refund.stored_value.code if refund.stored_value and shows_codes else None
    return RefundAnswer(
        method=refund.method,
        amount=refund.amount,
        reference=refund.reference,
        code=code,
        provider_state=refund.provider_state,
    )
