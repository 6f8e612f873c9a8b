"""What stands in a barcode column: GTINs, scale labels without a weight, PLUs and codes of the shop's own.

Scale labels: lists of chains hold hundreds of codes such as 28 01954 00000 0, a prefix, the item, and zeros
where the label will have the weight or price. Their check digit is right by chance only. Kept is what every
label of the item begins with, 2801954, as a PLU; `catalog.scan.labels` looks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.gtin import LENGTHS, as_printed, check_digit, is_gtin, to_gtin14

LONGEST = 60
NO_CODE = frozenset({"", "-", "--", "n/a", "na", "none", "null", "nema", "nan"})
_around = re.compile(r"^[='\"\s\u00a0]+|['\"\s\u00a0]+$")
_template = re.compile(r"(02|2\d)(\d{5})0{6}|(02)(\d{6})0{5}")


class CodeKind(StrEnum):
    """The same words as the kinds of `catalog.models.Barcode`."""

    GTIN = "gtin"
    PLU = "plu"
    IN_HOUSE = "in_house"


@dataclass(frozen=True, slots=True)
class Code:
    """`code` in the form in which it is kept and compared.

    `label`: the prefix of the scale labels it stands for. `is_stated`: the list itself says kind and pack.
    """

    code: str
    kind: CodeKind
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None
    label: str = ""
    is_stated: bool = False

    @property
    def printed(self) -> str:
        return as_printed(self.code) if self.kind == CodeKind.GTIN else self.code


class BadCode(ValueError):
    """`problem` is one of the reasons of `catalog.importing.reasons`; `fix` a code that would be right."""

    def __init__(self, problem: str, code: str, fix: str = "") -> None:
        super().__init__(code)
        self.problem, self.code, self.fix = problem, code, fix


def parts_of(cell: str) -> list[str]:
    """The codes of a cell; some lists put several into one."""
    text = _around.sub("", cell)
    if text.casefold() in NO_CODE or not text.strip("0"):
        return []
    parts = re.split(r"[,;|/\s\u00a0]+", text)
    if len(parts) > 1 and all(part.isascii() and part.isdigit() and len(part) > 5 for part in parts):
        return parts
    return ["".join(text.split())]


def code_of(text: str, *, by_weight: bool = False, fix_zeros: bool = False) -> Code:
    """The code as it is kept. Raises BadCode.

    `by_weight`: the list says the item is sold by the kilogram, so a short 2x code is what its label begins with.
    `fix_zeros`: put a lost leading zero back without asking.
    """
    if not (text.isascii() and text.isdigit()):
        return _of_the_shops_own(text)
    if found := _template.fullmatch(text):
        return _of_label("".join(part for part in found.groups() if part))
    if is_gtin(text):
        return Code(to_gtin14(text), CodeKind.GTIN)
    if len(text) == 11 and is_gtin(text.zfill(12)):
        if fix_zeros:
            return Code(to_gtin14(text), CodeKind.GTIN)
        raise BadCode("lost_zero", text, text.zfill(12))
    return _short_code(text, by_weight)


def _short_code(text: str, by_weight: bool) -> Code:
    """What people key in; a length that only a mistyped GTIN can have is refused."""
    if len(text) in LENGTHS:
        raise BadCode("bad_check_digit", text, check_digit(text[:-1]))
    if len(text) > 10:
        raise BadCode("bad_length", text)
    if by_weight and len(text) == 7 and text[0] == "2":
        return _of_label(text)
    return Code(text, CodeKind.PLU if len(text) in (4, 5) else CodeKind.IN_HOUSE)


def _of_label(code: str) -> Code:
    return Code(code, CodeKind.PLU, label=code[:2])


def stated_code(text: str, kind: str) -> Code:
    """A code whose kind the list states. Raises BadCode."""
    try:
        stated = CodeKind(kind)
    except ValueError:
        raise BadCode("bad_code_kind", kind) from None
    if stated == CodeKind.GTIN:
        found = code_of(text)
        if is_gtin(text) and found.kind != CodeKind.GTIN:
            return Code(to_gtin14(text), CodeKind.GTIN)
        if found.kind != CodeKind.GTIN:
            raise BadCode("bad_length", text)
        return found
    if not text or len(text) > LONGEST:
        raise BadCode("bad_code", text)
    return Code(text, stated)


def _of_the_shops_own(text: str) -> Code:
    if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", text):
        raise BadCode("lost_figures", text)
    if len(text) > LONGEST or not re.fullmatch(r"[A-Za-z0-9._/#-]+", text):
        raise BadCode("bad_code", text)
    return Code(text, CodeKind.IN_HOUSE)
