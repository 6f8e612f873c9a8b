"""Corrections of the stock by hand, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import StockMove
from inventory.operations.stock import Goods, Source, add_stock, issue_stock
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`quantity` is signed: what to add or to take away."""

    product: UUID
    quantity: Decimal
    reason: str
    lot: UUID | None = None
    unit_cost: Decimal | None = None


@transaction.atomic
def adjust_stock(lines: Sequence[Adjustment], *, store: Store, actor: Actor, at: datetime) -> UUID:
    """All lines or none. Returns the id of the adjustment, by which its moves are found.

    Raises Invalid, NotFound, NotEnoughStock.
    """
    require(actor, Permission.STOCK_EDIT, store.pk)
    _require_sound(lines)
    source = Source("adjustment", uuid7(), actor.label, at)
    coming = [Goods(x.product, x.quantity, x.lot, x.unit_cost, x.reason) for x in lines if x.quantity > 0]
    going = [Goods(x.product, -x.quantity, x.lot, None, x.reason) for x in lines if x.quantity < 0]
    if coming:
        add_stock(coming, store=store.pk, kind=StockMove.Kind.ADJUSTMENT, source=source)
    if going:
        issue_stock(going, store=store.pk, kind=StockMove.Kind.ADJUSTMENT, source=source, on=None)
    AuditEntry.record("stock.adjusted", store, actor=actor, at=at, adjustment=source.id, lines=len(lines))
    OutboxEvent.emit("stock.adjusted", store=str(store.pk), adjustment=str(source.id))
    return source.id


def _require_sound(lines: Sequence[Adjustment]) -> None:
    if not lines:
        raise Invalid(_("Please give at least one line."), {"lines": [_("Please give at least one line.")]})
    if any(line.quantity == 0 or not line.reason.strip() for line in lines):
        sentence = _("Each line needs a quantity other than zero and a reason.")
        raise Invalid(sentence, {"lines": [sentence]})
    ids = {line.product for line in lines}
    if Product.objects.sellable().filter(pk__in=ids).count() != len(ids):
        raise NotFound(_("There is no such product."), field="product")
