"""Sheets and rolls of labels as they are sold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lengths in mm; `gap` is between labels, across and down. On a roll each label is a page of its own."""

    title: str | Promise
    page: tuple[Decimal, Decimal]
    columns: int
    rows: int
    label: tuple[Decimal, Decimal]
    margin: tuple[Decimal, Decimal]
    gap: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    @property
    def count(self) -> int:
        return self.columns * self.rows


def _mm(*lengths: str) -> tuple[Decimal, Decimal]:
    across, down = map(Decimal, lengths)
    return across, down


A4 = _mm("210", "297")

SHEETS = {
    "a4-65": Sheet(
        _("A4, 65 labels of 38 × 21 mm"), A4, 5, 13, _mm("38.1", "21.2"), _mm("4.7", "10.7"), _mm("2.5", "0")
    ),
    "a4-40": Sheet(_("A4, 40 labels of 52 × 30 mm"), A4, 4, 10, _mm("52.5", "29.7"), _mm("0", "0")),
    "a4-24": Sheet(_("A4, 24 labels of 64 × 34 mm"), A4, 3, 8, _mm("64", "33.9"), _mm("6.6", "12.9"), _mm("2.4", "0")),
    "a4-14": Sheet(
        _("A4, 14 shelf labels of 99 × 38 mm"), A4, 2, 7, _mm("99.1", "38.1"), _mm("4.6", "15.1"), _mm("2.6", "0")
    ),
    "roll-50": Sheet(_("Roll, 50 × 25 mm"), _mm("50", "25"), 1, 1, _mm("50", "25"), _mm("0", "0")),
    "roll-38": Sheet(_("Roll, 38 × 25 mm"), _mm("38", "25"), 1, 1, _mm("38", "25"), _mm("0", "0")),
}
