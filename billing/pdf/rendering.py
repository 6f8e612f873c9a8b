"""Typst turns a bill into a PDF. The data goes in as JSON, so no text of a shop or customer can act as markup."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

from billing.codes import qr_svg
from billing.pdf.printing import code_text, printable

TEMPLATES = Path(__file__).resolve().parent / "templates"
FONTS = settings.REPO / "static" / "fonts" / "pdf"


class Paper(StrEnum):
    A4 = "invoice"
    ROLL_80_MM = "receipt"


class _Press:
    """One compiler for a template; the lock, because its inputs belong to the compiler and not to the call."""

    def __init__(self, paper: Paper, fonts: typst.Fonts) -> None:
        self.lock = Lock()
        self.compiler = typst.Compiler(TEMPLATES / f"{paper}.typ", root=TEMPLATES, font_paths=fonts)

    def print(self, data: str, at: datetime) -> bytes:
        with self.lock:
            pdf = self.compiler.compile(sys_inputs={"data": data}, timestamp=at)
        assert isinstance(pdf, bytes)
        return pdf


_presses: dict[Paper, _Press] = {}
_presses_lock = Lock()


def bill_as_pdf(document: dict[str, Any], paper: Paper = Paper.A4) -> bytes:
    """The document of `billing.documents.bill_document` on paper: an A4 tax invoice or an 80 mm receipt."""
    data = printable(document) | {"code": qr_svg(code_text(document), border=0)}
    at = datetime.fromisoformat(document["finalized_at"])
    return _press(paper).print(json.dumps(data, ensure_ascii=False), at)


def _press(paper: Paper) -> _Press:
    with _presses_lock:
        if paper not in _presses:
            fonts = typst.Fonts(font_paths=[FONTS], include_system_fonts=False)
            _presses[paper] = _Press(paper, fonts)
        return _presses[paper]
