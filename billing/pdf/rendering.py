"""Bills and credit notes on paper: their documents, set by the typst templates beside this file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from billing.codes import qr_svg
from billing.pdf.credit_notes import printable_credit_note, spendable_code
from billing.pdf.printing import code_text, printable
from pantrypal.core.typesetting import press

TEMPLATES = Path(__file__).resolve().parent / "templates"


class Paper(StrEnum):
    A4 = "invoice"
    ROLL_80_MM = "receipt"


def bill_as_pdf(document: dict[str, Any], paper: Paper = Paper.A4) -> bytes:
    """The document of `billing.documents.bill_document` on paper: an A4 tax invoice or an 80 mm receipt."""
    data = printable(document) | {"code": qr_svg(code_text(document), border=0)}
    return press(TEMPLATES / f"{paper}.typ").print(data, datetime.fromisoformat(document["finalized_at"]))


def credit_note_as_pdf(document: dict[str, Any]) -> bytes:
    """The document of `billing.credit_note_documents.credit_note_document` on A4 (CGST Rule 53)."""
    code = spendable_code(document)
    data = printable_credit_note(document) | {"code": qr_svg(code, border=0) if code else ""}
    return press(TEMPLATES / "credit_note.typ").print(data, datetime.fromisoformat(document["finalized_at"]))
