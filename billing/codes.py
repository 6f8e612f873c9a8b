"""QR codes as SVG, to be put into pages and PDFs. Pure."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules; ISO/IEC 18004 wants as many on a screen


def qr_svg(text: str, *, border: int = QUIET_ZONE) -> SafeString:
    """One <svg> element that fills its box; the text is in it as dark squares only, so nothing needs escaping."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=border, xmldecl=False, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(out.getvalue().decode())  # noqa: S308 -- drawn by segno
