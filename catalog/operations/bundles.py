"""What a bundle is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.models import BundlePart, Product
from pantrypal.core.errors import Invalid
from pantrypal.core.validation import validated


@dataclass(frozen=True, slots=True)
class PartInput:
    product: UUID
    quantity: Decimal = Decimal(1)


def set_parts(bundle: Product, parts: Sequence[PartInput]) -> tuple[list[str], list[str]]:
    """Make these all the parts of the product, which is a bundle if there are any; the parts before and after.

    Part of `save_product`, which has asked for the permission and has locked the product. Raises Invalid.
    """
    existing = {part.part_id: part for part in BundlePart.objects.filter(bundle=bundle).select_related("part")}
    before = sorted(map(str, existing.values()))
    _require_sound(bundle, parts)
    wanted = {given.product: given.quantity for given in parts}
    BundlePart.objects.filter(bundle=bundle).exclude(part__in=wanted).delete()
    after = []
    for product, quantity in wanted.items():
        part = existing.get(product) or BundlePart(bundle=bundle, part_id=product)
        part.quantity = quantity
        validated(part).save()
        after.append(str(part))
    return before, sorted(after)


def _require_sound(bundle: Product, parts: Sequence[PartInput]) -> None:
    """A part is a product that is no bundle itself, so that a sale needs to look one step down only."""
    wanted = {given.product for given in parts}
    if len(wanted) < len(parts):
        raise _wrong(_("The same product is given twice. Please give its quantity instead."))
    if parts and BundlePart.objects.filter(part=bundle).exists():
        raise _wrong(_("“%s” is a part of another bundle and cannot be one itself.") % bundle)
    # Locked, so that none of them becomes a bundle, or this one a part, meanwhile.
    found = {
        row.pk: row for row in Product.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    }
    if len(found) < len(wanted):
        raise _wrong(_("There is no such product."))
    for given in parts:
        part = found[given.product]
        if part.is_bundle or part.pk == bundle.pk:
            raise _wrong(_("“%s” is a bundle and cannot be a part of one.") % part)
        if given.quantity % 1 and part.sold_by == Product.SoldBy.EACH:
            raise _wrong(_("“%s” is sold by the piece: please give a whole number.") % part)


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"parts": [sentence]})
