"""The codes of a product, each in its kept form and unique in the organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.gtin import LENGTHS, check_digit, is_gtin, to_gtin14
from catalog.models import Barcode, Product
from catalog.refusals import PriceAboveMrp
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.validation import validated


@dataclass(frozen=True, slots=True)
class BarcodeInput:
    """A code as printed; `quantity` is how many pieces it stands for, `price` what that pack costs."""

    code: str
    kind: str = Barcode.Kind.GTIN
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


def kept_code(code: str, kind: str) -> str:
    """The form in which a code is kept: a GTIN as 14 digits. Raises Invalid with the right check digit."""
    code = "".join(code.split())
    if kind != Barcode.Kind.GTIN:
        return code
    if is_gtin(code):
        return to_gtin14(code)
    if code.isascii() and code.isdigit() and len(code) in LENGTHS:
        sentence = _("%(code)s is not a valid barcode: its last figure should be %(digit)s. Please check each figure.")
        raise _wrong(sentence % {"code": code, "digit": check_digit(code[:-1])})
    raise _wrong(_("“%s” is not a valid barcode: it has 8, 12, 13 or 14 figures.") % code)


def set_barcodes(
    product: Product, barcodes: Sequence[BarcodeInput], *, org: Organization
) -> tuple[list[str], list[str]]:
    """Make these all the codes of the product; returns the codes before and after, as printed.

    Part of `save_product`, which has asked for the permission. Raises Invalid, PriceAboveMrp.
    """
    wanted = {kept_code(given.code, given.kind): given for given in barcodes}
    if len(wanted) < len(barcodes):
        raise _wrong(_("The same barcode is given twice."))
    existing = {barcode.code: barcode for barcode in Barcode.objects.filter(product=product)}
    before = sorted(barcode.shown for barcode in existing.values())
    _require_free(product, wanted.keys() - existing.keys())
    Barcode.objects.filter(product=product, code__in=existing.keys() - wanted.keys()).delete()
    after = []
    for code, given in wanted.items():
        barcode = existing.get(code) or Barcode(product=product, code=code)
        barcode.kind, barcode.quantity, barcode.price = given.kind, given.quantity, given.price
        _require_pack_under_mrp(barcode, product, org)
        _save(barcode)
        after.append(barcode.shown)
    return before, sorted(after)


def _require_free(product: Product, codes: set[str]) -> None:
    taken = Barcode.objects.filter(code__in=codes).exclude(product=product).select_related("product").first()
    if taken is not None:
        raise _wrong(_("%(code)s is the barcode of “%(product)s”.") % {"code": taken, "product": taken.product})


def _require_pack_under_mrp(barcode: Barcode, product: Product, org: Organization) -> None:
    if not org.has_mrp_ceiling or product.mrp is None or barcode.price is None:
        return
    if barcode.price > product.mrp * barcode.quantity:
        sentence = _("The pack %(code)s costs more than the MRP of its pieces together. Please lower its price.")
        raise PriceAboveMrp(sentence % {"code": barcode}, field="barcodes")


def _save(barcode: Barcode) -> None:
    try:
        with transaction.atomic():
            validated(barcode).save()
    except IntegrityError:  # somebody else has just given it to another product
        raise _wrong(_("%s is the barcode of another product.") % barcode) from None


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"barcodes": [sentence]})
