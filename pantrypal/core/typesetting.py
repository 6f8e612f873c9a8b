"""Typst turns data into a PDF. It goes in as JSON, so no text of a shop or customer can act as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

FONTS = settings.REPO / "static" / "fonts" / "pdf"
# For each letter the first that has it: the Latin ones, then a script each.
FAMILIES = json.dumps(
    ["Noto Sans", *(f"Noto Sans {script}" for script in ("Devanagari", "Tamil", "Telugu", "Kannada"))]
)


class Press:
    """One compiler for a template; the lock, because its inputs belong to the compiler and not to the call."""

    def __init__(self, template: Path) -> None:
        self.template, self.lock = template, Lock()
        self.compiler: typst.Compiler | None = None

    def print(self, data: Mapping[str, Any], at: datetime) -> bytes:
        """The template filled with `data`; `at` is the moment that the file bears, so that it comes out the same."""
        inputs = {"data": json.dumps(data, ensure_ascii=False), "fonts": FAMILIES}
        with self.lock:
            if self.compiler is None:
                fonts = typst.Fonts(font_paths=[FONTS], include_system_fonts=False)
                self.compiler = typst.Compiler(self.template, root=self.template.parent, font_paths=fonts)
            pdf = self.compiler.compile(sys_inputs=inputs, timestamp=at.astimezone(UTC).replace(microsecond=0))
        assert isinstance(pdf, bytes)
        return pdf


@cache
def press(template: Path) -> Press:
    """The press of a template; it lasts as long as the process."""
    return Press(template)
