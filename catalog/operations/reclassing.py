"""Putting many products into another tax class by their HSN: looked at first, then done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product, TaxClass
from catalog.models.product import ProductQuerySet
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST = 50_000


@dataclass(frozen=True, slots=True)
class HsnRule:
    """Products whose HSN begins with these figures go into `to`; with `within`, only those of that class.

    An HSN has chapters of two figures, headings of four, and goods of six and eight below them.
    """

    hsn: str
    to: TaxClass
    within: TaxClass | None = None


@dataclass(frozen=True, slots=True)
class Reclassed:
    product: UUID
    name: str
    hsn: str
    old: str


def preview_classes(rule: HsnRule) -> list[Reclassed]:
    """The products that would change their class, by HSN and name. Writes nothing. Raises Invalid."""
    rows = _products(rule).order_by("hsn", "name").values_list("pk", "name", "hsn", "tax_class__name")[: MOST + 1]
    found = [Reclassed(*row) for row in rows]
    if len(found) > MOST:
        raise _wrong("hsn", _("More than %s products at once. Please give more figures of the HSN.") % MOST)
    return found


@transaction.atomic
def change_classes(rule: HsnRule, *, actor: Actor, at: datetime) -> list[Reclassed]:
    """Do what `preview_classes` shows, from now on; returns those changed. Raises Invalid.

    Bills that are posted keep their tax. A rate that changes on a day belongs into the class as a dated rate.
    """
    require(actor, Permission.ORG_EDIT)
    locked = list(
        _products(rule).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True)
    )
    found = [row for row in preview_classes(rule) if row.product in set(locked)]
    Product.objects.filter(pk__in=locked).update(tax_class=rule.to, updated_at=at)
    told = {"hsn": rule.hsn, "products": len(found), "within": str(rule.within or "")}
    AuditEntry.record("tax_class.reclassed", rule.to, actor=actor, at=at, **told)
    events = [OutboxEvent(topic="product.changed", payload={"product": str(row.product)}) for row in found]
    OutboxEvent.objects.bulk_create(events, batch_size=1000)
    return found


def _products(rule: HsnRule) -> ProductQuerySet:
    if not (rule.hsn.isascii() and rule.hsn.isdigit() and 2 <= len(rule.hsn) <= 8):
        raise _wrong("hsn", _("An HSN begins with 2 to 8 figures."))
    products = Product.objects.filter(hsn__startswith=rule.hsn).exclude(tax_class=rule.to)
    return products if rule.within is None else products.filter(tax_class=rule.within)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
