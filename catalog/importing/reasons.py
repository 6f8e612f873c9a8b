"""Why a row is not taken over, and what is remarkable about one that is: a stable code and a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS = {
    "name_missing": _("The name is missing."),
    "name_too_long": _("The name is longer than 200 characters."),
    "sku_too_long": _("The item code %(value)s is longer than 40 characters."),
    "text_too_long": _("“%(value)s” is too long."),
    "unkeepable": _("The row holds characters that cannot be kept."),
    "price_missing": _("The price is missing."),
    "price_zero": _("The price is 0."),
    "not_a_number": _("“%(value)s” is not a number."),
    "negative": _("%(value)s is below zero."),
    "too_large": _("%(value)s is too large."),
    "too_precise": _("%(value)s has more decimal places than the currency."),
    "price_above_mrp": _("The price of %(price)s is above the MRP of %(mrp)s."),
    "lost_zero": _("The barcode %(value)s has lost its leading zero. It should be %(fix)s."),
    "bad_check_digit": _("The barcode %(value)s is mistyped: its last figure should be %(fix)s."),
    "bad_length": _("The barcode %(value)s has %(length)s figures; a barcode has 8, 12, 13 or 14."),
    "lost_figures": _("A spreadsheet has shortened the barcode to %(value)s. Please format the column as text."),
    "bad_code": _("%(value)s cannot be a barcode."),
    "bad_code_kind": _("%(value)s is no kind of barcode."),
    "bad_hsn": _("The HSN %(value)s has %(length)s figures; an HSN has 4, 6 or 8."),
    "bad_unit": _("%(value)s is no unit that is known here."),
    "variant_taken": _("The family has the variant “%(value)s” already."),
    "bad_choice": _("“%(value)s” is not one of the values that are known here."),
    "unknown_tax_class": _("There is no tax class for “%(value)s”."),
    "item_price_differs": _("Line %(line)s has the same item with another price."),
    "barcode_repeated": _("Line %(line)s has the same barcode for another item."),
    "barcode_of_other_product": _("%(value)s is the barcode of “%(product)s”."),
}

REMARKS = {
    "no_prices": _("The list has no prices: new products are not sold until they are given one."),
    "promotion_price_used": _("The price is missing or 0; the promotion price is taken."),
    "scale_label": _("Scale label: kept as the pattern that its labels begin with."),
    "no_barcode": _("Without a barcode."),
    "repeated_item": _("The item has been on an earlier line; this one adds its barcode."),
    "repeated_row": _("The same has been on an earlier line."),
    "merged": _("The barcode belongs to an item of an earlier line; merged into it."),
    "zero_restored": _("The barcode had lost its leading zero; put back."),
    "short_code": _("A short code, kept as PLU or in-house code."),
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken over; `data` fills the sentence, `cells` are the row as read, to be mended."""

    line: int
    code: str
    cells: list[str]
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return sentence(self.code, self.data)


def sentence(code: str, data: dict[str, Any]) -> str:
    """The reason in the reader's language."""
    return str(REASONS[code]) % data
