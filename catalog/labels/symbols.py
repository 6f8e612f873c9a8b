"""Bar and QR codes as drawings: one rectangle a bar, so that printers keep their edges."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum

import barcode
import segno

from catalog.gtin import as_printed, is_gtin
from catalog.models import Barcode, Product


class Symbol(StrEnum):
    BARS = "bars"
    QR = "qr"


QUIET = {"ean13": (11, 7), "ean8": (7, 7), "upca": (9, 9), "code128": (10, 10)}  # modules of white left and right
BARS_HIGH = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """An SVG, what it holds, and how many modules wide it is."""

    svg: str
    text: str
    modules: int


def symbol_of(product: Product, codes: list[Barcode], kind: Symbol) -> Drawn:
    """The product's own EAN or UPC, else its first code or its SKU as Code 128; or any of them as QR."""
    text = _code_of(product, codes)
    if kind == Symbol.QR:
        out = io.BytesIO()
        code = segno.make(text, error="m", micro=False)
        code.save(out, kind="svg", border=2, xmldecl=False)
        return Drawn(out.getvalue().decode(), text, int(code.symbol_size(border=2)[0]))
    name, payload = _symbology(text)
    pattern = barcode.get_barcode_class(name)(payload).build()[0]
    left, right = QUIET[name]
    return Drawn(_bars(pattern, left, right), text, left + len(pattern) + right)


def _code_of(product: Product, codes: list[Barcode]) -> str:
    """Of one piece, not of a case; a GTIN before others, for it is known outside the shop too."""
    pieces = sorted((code for code in codes if code.quantity == 1), key=lambda code: code.kind != Barcode.Kind.GTIN)
    return pieces[0].shown if pieces else product.sku


def _symbology(text: str) -> tuple[str, str]:
    if is_gtin(text) and len(text) in (8, 12, 13):
        printed = as_printed(text.zfill(14))
        return {8: ("ean8", printed[:-1]), 12: ("ean13", "0" + printed[:-1]), 13: ("ean13", printed[:-1])}[len(printed)]
    return "code128", text.encode("ascii", "replace").decode()


def _bars(pattern: str, left: int, right: int) -> str:
    bars = "".join(
        f'<rect x="{left + found.start()}" y="0" width="{len(found[0])}" height="{BARS_HIGH}"/>'
        for found in re.finditer("1+", pattern)
    )
    width = left + len(pattern) + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {BARS_HIGH}" preserveAspectRatio="none"'
        f' shape-rendering="crispEdges">{bars}</svg>'
    )
