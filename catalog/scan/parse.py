"""One function for everything that a scanner or the keyboard sends.

Read in this order: the AIM identifier of the symbology, where the scanner sends one (ISO/IEC 15424, such as ]C1
or ]d2); GS1 element strings, bracketed or with separators; web addresses; our own QR; figures (GTIN of any
length, UPC-E, scale labels, PLU); any other text, which may be an in-house code or a SKU.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, unquote

from biip import ParseError
from biip.upc import Upc
from django.utils.translation import gettext as _

from catalog.gtin import LENGTHS, check_digit, is_gtin, to_gtin14
from catalog.refusals import UnreadableCode
from catalog.scan.gs1 import SEPARATOR, read_bracketed, read_digital_link, read_element_strings
from catalog.scan.labels import LabelLayout, as_ean13, read_label
from catalog.scan.reading import Measure, Reading

LONGEST = 500
ENDS = " \t\r\n"  # not str.strip(): a leading GS1 separator says what the rest is
AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
GS1_CARRIERS = {"]C1", "]d2", "]Q3", "]e0", "]e1", "]e2", "]J1"}
RETAIL = {"]E0", "]E3", "]E4", "]I1"}
ADD_ON = {"]E1", "]E2"}
OWN_QR = "pp:"


def parse_scan(text: str, *, today: date, layouts: Mapping[str, LabelLayout]) -> tuple[Reading, ...]:
    """Every way to read the scan, the likeliest first. `layouts` are the org's scale labels by prefix.

    Raises UnreadableCode where it breaks the rules of its own kind.
    """
    symbology, text = _unwrapped(text)
    _require_content(text)
    if text.lower().startswith(("http://", "https://")):
        return _web_address(text, today)
    if symbology in GS1_CARRIERS or text.startswith(SEPARATOR):
        return (read_element_strings(text, today),)
    if symbology in RETAIL:
        return _retail(symbology, text, layouts)
    if symbology in ADD_ON:
        raise UnreadableCode(_("This is the small code beside a magazine's. Please scan the large one."))
    if text.startswith(OWN_QR):
        return (_own_qr(text),)
    if text.isascii() and text.isdigit():
        return _figures(text, today, layouts)
    return _other(text, today)


def needs_layouts(text: str) -> bool:
    """Whether the text may be a scale label."""
    return as_ean13(_unwrapped(text)[1]) != ""


def _unwrapped(text: str) -> tuple[str, str]:
    """The symbology's identifier, if any, and the text without it."""
    text = text.strip(ENDS)
    if found := AIM.match(text):
        return found[0], text[found.end() :]
    return "", text


def _require_content(text: str) -> None:
    if not text.strip(SEPARATOR):
        raise UnreadableCode(_("There is nothing in this code."))
    if len(text) > LONGEST:
        raise UnreadableCode(_("This code is too long to be one of a product."))


def _retail(symbology: str, text: str, layouts: Mapping[str, LabelLayout]) -> tuple[Reading, ...]:
    if symbology == "]E3":
        text = text[:13]  # the add-on of two or five figures follows
    if not (text.isascii() and text.isdigit() and len(text) in LENGTHS):
        raise UnreadableCode(_("“%s” is not a valid barcode: it has 8, 12, 13 or 14 figures.") % text)
    readings = _gtins(text, layouts)
    if not any(reading.codes for reading in readings):
        raise UnreadableCode(readings[-1].doubt)
    return readings


def _figures(text: str, today: date, layouts: Mapping[str, LabelLayout]) -> tuple[Reading, ...]:
    if len(text) in LENGTHS:
        readings = _gtins(text, layouts)
        return readings if readings[0].codes else (Reading((text,)), *readings)
    if text.startswith("01") and len(text) > LENGTHS[-1]:
        return _other(text, today)
    return (Reading((text,)),)


def _gtins(text: str, layouts: Mapping[str, LabelLayout]) -> tuple[Reading, ...]:
    """As a whole, as a label of the shop's scale, as a UPC-E; else only what is wrong with it."""
    readings = []
    if is_gtin(text):
        readings.append(Reading((to_gtin14(text), text)))
    if label := read_label(text, layouts):
        readings.append(label)
    if len(text) == 8 and (expanded := _upc_e(text)):
        readings.append(Reading((to_gtin14(expanded),)))
    if not readings:
        sentence = _("%(code)s is not a valid barcode: its last figure should be %(digit)s.")
        readings.append(Reading((), doubt=sentence % {"code": text, "digit": check_digit(text[:-1])}))
    return tuple(readings)


def _upc_e(text: str) -> str:
    try:
        return Upc.parse(text).as_upc_a()
    except ParseError:
        return ""


def _web_address(text: str, today: date) -> tuple[Reading, ...]:
    """A Digital Link, or an address that the shop itself uses as a code."""
    try:
        return (read_digital_link(text, today),)
    except UnreadableCode as refusal:
        return (Reading((text,), doubt=refusal.message),)


def _other(text: str, today: date) -> tuple[Reading, ...]:
    """An in-house code or SKU; an element string where it reads like one."""
    has_gs1_form = text.startswith("(") or SEPARATOR in text
    reads_like_gs1 = has_gs1_form or (text.startswith("01") and text[2:16].isdigit() and len(text) >= 16)
    plain = Reading((text,))
    if not reads_like_gs1:
        return (plain,)
    read = read_bracketed if text.startswith("(") else read_element_strings
    try:
        return read(text, today), plain
    except UnreadableCode as refusal:
        return plain, Reading((), doubt=refusal.message)


def _own_qr(text: str) -> Reading:
    """pp:CODE?q=0.750&p=120.00&lot=A1&exp=2026-12-31, as we print it: code or SKU, then what is known of it."""
    code, _mark, query = text.removeprefix(OWN_QR).partition("?")
    said = {name: values[-1] for name, values in parse_qs(query).items()}
    try:
        measure = Measure(_positive(said["q"]), "") if "q" in said else None
        price = _positive(said["p"]) if "p" in said else None
        expires_on = date.fromisoformat(said["exp"]) if "exp" in said else None
    except (ValueError, InvalidOperation) as problem:
        raise UnreadableCode(_("This label of the shop's own is damaged. Please print it again.")) from problem
    return Reading((unquote(code),), measure=measure, price=price, lot=said.get("lot", ""), expires_on=expires_on)


def _positive(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or number <= 0 or number >= 10**8:
        raise ValueError(text)
    return number
