"""Labels of a shop's own scales: item and weight, price or count in one EAN-13.

GS1 leaves the prefixes 02 and 20-29 to the country or the shop (General Specifications 2.1.11). India has no
national rule, so each organization states its own layout for a prefix: two figures of prefix, the item, where
wanted a check digit over the value (7.9.2-7.9.4), the value, and the check digit of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from biip.checksums import gs1_price_weight_check_digit
from django.utils.translation import gettext as _

from catalog.gtin import is_gtin
from catalog.scan.reading import Measure, Reading

PREFIXES = ("02", *(str(number) for number in range(20, 30)))
VARIABLE = 10  # figures between the prefix and the last check digit


class Carries(StrEnum):
    WEIGHT = "weight"
    PRICE = "price"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class LabelLayout:
    """Figures of one prefix. Item, inner check digit and value fill ten places; weights are in kg."""

    prefix: str
    carries: Carries
    item_digits: int
    value_digits: int
    decimals: int
    inner_check: bool = False

    @property
    def is_sound(self) -> bool:
        filled = self.item_digits + self.value_digits + self.inner_check
        checkable = not self.inner_check or self.value_digits in (4, 5)
        return self.prefix in PREFIXES and filled == VARIABLE and checkable and self.decimals <= self.value_digits


def as_ean13(code: str) -> str:
    """An EAN-13 of a shop's own range in the lengths that scanners give it; "" for anything else."""
    if len(code) == 12 and code[0] == "2":
        code = "0" + code  # UPC-A with number system 2
    elif len(code) == 14 and code[0] == "0":
        code = code[1:]
    return code if len(code) == 13 and code[:2] in PREFIXES else ""


def read_label(code: str, layouts: Mapping[str, LabelLayout]) -> Reading | None:
    """None where the code is no label of these layouts."""
    code = as_ean13(code)
    layout = layouts.get(code[:2])
    if layout is None or not is_gtin(code):
        return None
    item, value = code[2 : 2 + layout.item_digits], code[-1 - layout.value_digits : -1]
    codes = tuple(dict.fromkeys((code[:2] + item, item, item.lstrip("0"))))
    if layout.inner_check and int(code[2 + layout.item_digits]) != gs1_price_weight_check_digit(value):
        return Reading(codes=(), doubt=_("This label is damaged: the check digit of its value is wrong."))
    amount = Decimal(value).scaleb(-layout.decimals)
    if not amount:
        return Reading(codes=(), doubt=_("This label carries no weight, price or count. Please weigh again."))
    return _carrying(amount, layout.carries, tuple(code for code in codes if code))


def _carrying(amount: Decimal, carries: Carries, codes: tuple[str, ...]) -> Reading:
    match carries:
        case Carries.WEIGHT:
            return Reading(codes, measure=Measure(amount, "kg"), is_label=True)
        case Carries.PRICE:
            return Reading(codes, price=amount, is_label=True)
        case Carries.COUNT:
            return Reading(codes, count=amount, is_label=True)
