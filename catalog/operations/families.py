"""Variants of one thing: made at once from a product that is like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import product as combinations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Family, Product
from catalog.operations.products import save_product
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_VARIANTS = 200
# What a variant takes over from the product it is made like.
SHARED = (
    "category", "brand", "description", "hsn", "tax_class", "unit", "sold_by", "mrp", "price", "price_is_missing",
    "cost", "age_limit", "tracks_stock", "tracks_lots",
)  # fmt: skip


@transaction.atomic
def save_family(family: Family, *, actor: Actor, at: datetime) -> Family:
    """Create or rename a family. Raises Invalid."""
    require(actor, Permission.CATALOG_EDIT)
    before = None if family._state.adding else Family.objects.select_for_update().get(pk=family.pk)
    family.name = family.name.strip()
    save_valid(family)
    if before is None:
        AuditEntry.record("family.created", family, actor=actor, at=at, axes=family.axes)
    else:
        old, new = differences(before, family)
        if new:
            AuditEntry.record("family.changed", family, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("family.changed", family=str(family.pk))
    return family


@transaction.atomic
def make_variants(
    family: Family, *, like: Product, values: Mapping[str, Sequence[str]], org: Organization, actor: Actor, at: datetime
) -> list[Product]:
    """The products that the family lacks: one for each combination of the values, by axis ("Size": ["S", "M"]).

    They are like the given product in all but name, SKU and barcode; those that exist stay as they are.
    Raises Invalid, PriceAboveMrp.
    """
    require(actor, Permission.CATALOG_EDIT)
    family = Family.objects.select_for_update().get(pk=family.pk)
    wanted = [dict(zip(values, chosen, strict=True)) for chosen in combinations(*values.values())]
    if len(wanted) > MOST_VARIANTS:
        raise _wrong(
            _("That would make %(number)s variants; at most %(most)s go at once.")
            % {"number": len(wanted), "most": MOST_VARIANTS}
        )
    if not values or not all(values.values()):
        raise _wrong(_("Say what the variants differ in, such as “Size: S, M, L”."))
    if family.axes and set(family.axes) != set(values):
        raise _wrong(_("The variants of this family differ in: %s.") % ", ".join(family.axes))
    family.axes = family.axes or list(values)
    save_family(family, actor=actor, at=at)
    there = list(Product.objects.filter(family=family).values_list("options", flat=True))
    made = [_like(like, family, options) for options in wanted if options not in there]
    return [save_product(variant, org=org, actor=actor, at=at) for variant in made]


def _like(like: Product, family: Family, options: dict[str, str]) -> Product:
    words = " ".join(options.values())
    return Product(
        sku=f"{like.sku}-{_sku_part(options.values())}"[:40],
        name=f"{family.name} {words}"[:200],
        family=family,
        options=options,
        **{name: getattr(like, name) for name in SHARED},
    )


def _sku_part(words: Iterable[str]) -> str:
    return "-".join(re.sub(r"\W+", "", word).upper()[:12] for word in words)


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"values": [sentence]})
