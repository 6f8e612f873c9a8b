"""GS1's own languages: element strings, the bracketed form under a symbol, Digital Link URIs.

Source: General Specifications 3 and 7.8; GS1 Digital Link 1.3. biip knows the 500 application identifiers and
their formats; what a shop has to refuse beyond that is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from biip import ParseConfig, ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString
from django.utils.translation import gettext as _

from catalog.refusals import UnreadableCode
from catalog.scan.dates import gs1_date
from catalog.scan.reading import Measure, Reading

SEPARATOR = "\x1d"
BRACKETED = re.compile(r"\((\d{2,4})\)")
POUND = Decimal("0.45359237")  # kg, exactly
MEASURES = {"310": ("kg", Decimal(1)), "320": ("kg", POUND), "311": ("m", Decimal(1)), "315": ("l", Decimal(1))}
DATES = {"11", "12", "13", "15", "16", "17", "4324", "4325"}
DATES_WITH_A_DAY = {"4326", "7003", "7006", "7007", "7011", "8008"}
# Dates are checked here: biip counts centuries from the machine's clock, and stumbles over a span (7007).
CONFIG = ParseConfig(gs1_element_strings_verify_date=False)


def read_element_strings(text: str, today: date) -> Reading:
    """Element strings one after the other, a separator after each of variable length. Raises UnreadableCode."""
    return _reading(_elements(text), today)


def read_bracketed(text: str, today: date) -> Reading:
    """(01)08901030865275(10)A1 as printed under a symbol. Raises UnreadableCode."""
    before, *parts = BRACKETED.split("".join(text.split()))
    if before or not parts:
        raise UnreadableCode(_("“%s” does not begin with a GS1 identifier in brackets.") % text)
    elements = (_parsed(ai + value) for ai, value in zip(parts[::2], parts[1::2], strict=True))
    return _reading(elements, today)


def read_digital_link(uri: str, today: date) -> Reading:
    """https://…/01/08901030865275/10/A1?17=261231, of any host. Raises UnreadableCode."""
    try:
        elements = GS1DigitalLinkURI.parse(uri, config=CONFIG).element_strings
    except (ParseError, ValueError) as problem:
        raise UnreadableCode(_("This web address is not a GS1 Digital Link to a product.")) from problem
    return _reading(elements, today)


def _elements(text: str) -> Iterator[GS1ElementString]:
    while text := text.lstrip(SEPARATOR):
        try:
            element = GS1ElementString.extract(text, config=CONFIG)
        except (ParseError, ValueError) as problem:
            raise _broken(text.partition(SEPARATOR)[0]) from problem
        text = text[len(element) :]
        if text and element.ai.separator_required and text[0] != SEPARATOR:
            raise UnreadableCode(_("The part %s of this code is too long.") % element.ai)
        yield element


def _parsed(text: str) -> GS1ElementString:
    try:
        return GS1ElementString.parse(text, config=CONFIG)
    except (ParseError, ValueError) as problem:
        raise _broken(text) from problem


def _broken(text: str) -> UnreadableCode:
    return UnreadableCode(_("“%s” is not made as GS1 asks.") % text[:40])


def _reading(elements: Iterable[GS1ElementString], today: date) -> Reading:
    values: dict[str, GS1ElementString] = {}
    for element in elements:
        known = values.setdefault(element.ai.ai, element)
        if known.value != element.value:
            raise UnreadableCode(_("This code says %s twice, and not the same.") % element.ai)
        if problem := element.gtin_error or element.sscc_error or element.gln_error:
            raise UnreadableCode(_("The check digit of %(part)s is wrong.") % {"part": element.ai}, detail=problem)
        _require_dates(element, today)
    price, currency = _price(values)
    return Reading(
        codes=(_gtin(values),),
        count=_number(values, "30") or _number(values, "37"),
        measure=_measure(values),
        price=price,
        currency=currency,
        lot=_text(values, "10"),
        serial=_text(values, "21"),
        made_on=_day(values, today, "11"),
        best_before=_day(values, today, "15"),
        expires_on=_day(values, today, "16", "17", "7003"),
    )


def _gtin(values: dict[str, GS1ElementString]) -> str:
    """The product, or what a logistic unit holds of one product (02 with 37)."""
    if "01" in values and values.keys() & {"02", "03", "255", "37"}:
        raise UnreadableCode(_("This code names two things at once; GS1 does not allow that."))
    if "02" in values and "37" not in values:
        raise UnreadableCode(_("This is the code of a carton that does not say how many it holds."))
    if "01" not in values and "02" not in values:
        if "00" in values:
            raise UnreadableCode(_("This is the code of a pallet or carton (SSCC), not of a product."))
        raise UnreadableCode(_("There is no product in this code."))
    return values["01" if "01" in values else "02"].value


def _text(values: dict[str, GS1ElementString], ai: str) -> str:
    return values[ai].value if ai in values else ""


def _number(values: dict[str, GS1ElementString], ai: str) -> Decimal | None:
    if ai not in values:
        return None
    count = Decimal(values[ai].value)
    if not count:
        raise UnreadableCode(_("This code says that there are none of it."))
    return count


def _measure(values: dict[str, GS1ElementString]) -> Measure | None:
    """Net weight, volume or length of a variable-measure item, in kg, l or m to three places."""
    for ai, element in values.items():
        if ai[:3] in MEASURES and element.decimal is not None:
            unit, factor = MEASURES[ai[:3]]
            return Measure(round(element.decimal * factor, 3), unit)
    return None


def _price(values: dict[str, GS1ElementString]) -> tuple[Decimal | None, str]:
    """Amount payable for a variable-measure item: 392n in the shop's currency, 393n with its own ISO 4217 number."""
    for ai, element in values.items():
        if ai[:3] in ("392", "393") and element.decimal is not None:
            return element.decimal, element.pattern_groups[0] if ai[:3] == "393" else ""
    return None, ""


def _require_dates(element: GS1ElementString, today: date) -> None:
    ai, value = element.ai.ai, element.value
    if ai not in DATES | DATES_WITH_A_DAY:
        return
    spans = (value[:6], value[6:]) if ai == "7007" and value[6:] else (value[:6],)
    for text in spans:
        try:
            gs1_date(text, today)
        except ValueError as problem:
            raise _broken(ai + value) from problem
        if ai in DATES_WITH_A_DAY and text[4:] == "00":
            raise _broken(ai + value)


def _day(values: dict[str, GS1ElementString], today: date, *ais: str) -> date | None:
    """The earliest of these dates."""
    return min((gs1_date(values[ai].value, today) for ai in values.keys() & set(ais)), default=None)
