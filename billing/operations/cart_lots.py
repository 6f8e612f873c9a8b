"""The lot that somebody reads from the pack in hand, where its code does not say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.operations.carts import Touched, line_in, locked_cart, save_line
from billing.operations.lots_in_hand import require_scan_sellable
from billing.refusals import UnknownProduct
from catalog.queries import Scanned, sellable_by_id
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store


@transaction.atomic
def name_lot(
    cart_id: UUID, line_id: str, *, lot: str, expires_on: date | None, store: Store, actor: Actor, at: datetime
) -> Touched:
    """What the pack of this line says; nothing lets what expires first go first, as always.

    Raises CartGone, LineGone, UnknownProduct, ExpiredLot, RecalledLot.
    """
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    line = line_in(cart, line_id)
    item = sellable_by_id([line.product]).get(line.product)
    if item is None:
        raise UnknownProduct(_("There is no product “%s”.") % line.name)
    require_scan_sellable(Scanned(item, lot=lot, expires_on=expires_on), store=store, at=at)
    return save_line(cart, replace(line, lot=lot, expires_on=expires_on))
