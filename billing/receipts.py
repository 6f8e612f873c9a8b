"""A posted bill as the page of a receipt, 80 mm wide. Pure: every figure is a stored one."""

from __future__ import annotations

from typing import Any

import segno

from billing.documents import bill_document
from billing.pdf.printing import code_text, printable
from billing.queries import PostedBill
from pantrypal.core.models import Store

TEMPLATE = "billing/receipt.html"


def receipt_context(posted: PostedBill, *, store: Store) -> dict[str, Any]:
    """What the template prints: strings only, and the code as an address of a picture."""
    document = bill_document(posted, store=store)
    code = segno.make(code_text(document), error="m", micro=False)
    return {"data": printable(document), "code": code.svg_data_uri(border=0), "bill_id": document["id"]}
