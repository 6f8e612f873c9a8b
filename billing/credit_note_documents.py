"""A posted credit note as one plain document: what its papers print. Pure: no database, no clock."""

from __future__ import annotations

from typing import Any

from billing.documents import moment, plain
from billing.models import BillBuyer, CreditNoteLine, Refund
from billing.queries import PostedCreditNote
from customers.models import Customer
from pantrypal.core.models import Store


def credit_note_document(
    posted: PostedCreditNote, *, store: Store, buyer: BillBuyer | Customer | None, shows_codes: bool
) -> dict[str, Any]:
    """As JSON can carry it, with the keys of `billing.documents.bill_document` where it says the same.

    `shows_codes`: with the codes of store credit, which are as good as money; else with their last letters only.
    The note's bill, seller and register, and the stored values of its refunds, are loaded.
    """
    note = posted.note
    return {
        "id": str(note.pk),
        "number": note.number,
        "kind": note.kind,
        "bill": note.bill.number if note.bill else "",
        "bill_date": note.bill.document_date.isoformat() if note.bill else "",
        "reason": note.reason,
        "store": store.code,
        "register": note.register.code,
        "cashier": note.cashier,
        "seller": note.seller.content,
        "customer": _customer(note.buyer_gstin, buyer),
        "place_of_supply": note.place_of_supply,
        "finalized_at": moment(note.finalized_at),
        "document_date": note.document_date.isoformat(),
        "time_zone": store.time_zone,
        "currency": note.currency,
        "prices_include_tax": note.prices_include_tax,
        "lines": [_line(line) for line in posted.lines],
        "taxable": plain(note.taxable),
        "taxes": note.taxes,
        "tax": plain(note.tax),
        "round_off": plain(note.round_off),
        "total": plain(note.total),
        "refunds": [_refund(refund, shows_codes) for refund in posted.refunds if refund.amount],
        "hash": note.hash,
    }


def _customer(gstin: str, buyer: BillBuyer | Customer | None) -> dict[str, str] | None:
    if buyer is None:
        return None
    named = {key: str(getattr(buyer, key)) for key in ("name", "phone", "address", "state_code")}
    return named | {"gstin": gstin}


def _line(line: CreditNoteLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "names": line.names,
        "hsn": line.hsn,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "taxable": plain(line.taxable),
        "taxes": line.taxes,
        "tax": plain(line.tax),
        "total": plain(line.total),
    }


def _refund(refund: Refund, shows_codes: bool) -> dict[str, Any]:
    code = refund.stored_value.code if refund.stored_value else ""
    return {
        "method": refund.method,
        "amount": plain(refund.amount),
        "reference": refund.reference,
        "code": code if shows_codes or not code else f"…{code[-4:]}",
        "is_whole_code": bool(code) and shows_codes,
    }
