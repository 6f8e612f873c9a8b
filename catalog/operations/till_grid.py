"""The products that a touch till shows as tiles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from catalog.models import Product
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_TILES = 60


@transaction.atomic
def put_on_grid(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """After those that are there already. Returns how many are new. Raises Invalid when the grid is full."""
    require(actor, Permission.CATALOG_EDIT)
    in_grid = Product.objects.filter(till_position__isnull=False)
    # Locked as one, so that two people do not give the same place twice.
    count = len(in_grid.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    last = in_grid.aggregate(last=Max("till_position"))["last"] or 0
    chosen = Product.objects.sellable().filter(pk__in=set(ids), till_position=None)
    products = list(chosen.order_by("name").select_for_update(of=("self",)))
    if count + len(products) > MOST_TILES:
        raise Invalid(_("The grid has room for %s products. Please take some off first.") % MOST_TILES)
    for position, product in enumerate(products, last + 1):
        _place(product, position, actor, at)
    return len(products)


@transaction.atomic
def take_off_grid(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Returns how many were on it."""
    require(actor, Permission.CATALOG_EDIT)
    chosen = Product.objects.filter(pk__in=set(ids), till_position__isnull=False)
    products = list(chosen.order_by("pk").select_for_update(of=("self",)))
    for product in products:
        _place(product, None, actor, at)
    return len(products)


def _place(product: Product, position: int | None, actor: Actor, at: datetime) -> None:
    told = {"old": {"till_position": product.till_position}, "new": {"till_position": position}}
    product.till_position = position
    product.save(update_fields=["till_position", "updated_at"])
    AuditEntry.record("product.changed", product, actor=actor, at=at, **told)
    OutboxEvent.emit("product.changed", product=str(product.pk))
