"""Posted documents as the pages of receipts, 80 mm wide. Pure: every figure is a stored one."""

from __future__ import annotations

from typing import Any

import segno

from billing.documents import bill_document
from billing.pdf.credit_notes import printable_credit_note, spendable_code
from billing.pdf.printing import code_text, printable
from billing.queries import PostedBill
from pantrypal.core.models import Store

TEMPLATE = "billing/receipt.html"
CREDIT_NOTE_TEMPLATE = "billing/credit_note_receipt.html"


def receipt_context(posted: PostedBill, *, store: Store) -> dict[str, Any]:
    """What the template prints: strings only, and the code as an address of a picture."""
    document = bill_document(posted, store=store)
    return {"data": printable(document), "code": _picture(code_text(document)), "bill_id": document["id"]}


def credit_note_context(document: dict[str, Any]) -> dict[str, Any]:
    """The same of a credit note's document; `code` is that of its store credit, empty where the paper shows none."""
    code = spendable_code(document)
    return {"data": printable_credit_note(document), "code": _picture(code) if code else ""}


def _picture(text: str) -> str:
    return segno.make(text, error="m", micro=False).svg_data_uri(border=0)
