"""The field for a product's HSN, which proposes headings by their names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from unfold.widgets import UnfoldAdminTextInputWidget

HEADINGS = Path(__file__).resolve().parents[1] / "data" / "hsn_headings.json"


class HsnInput(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """Takes any code; the headings of what a grocery sells are proposed while somebody types a word or figures."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        options = format_html_join("", '<option value="{}">{}</option>', headings())
        field = super().render(name, value, (attrs or {}) | {"list": "hsn-headings"}, renderer)
        return format_html('{}<datalist id="hsn-headings">{}</datalist>', field, options)


@cache
def headings() -> list[tuple[str, str]]:
    """Code of four figures and what a shopkeeper calls the goods; they are of the GST tariff's headings."""
    return [(code, f"{code} {name}") for code, name in json.loads(HEADINGS.read_text(encoding="utf-8")).items()]
