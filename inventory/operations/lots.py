"""Lots: their numbers and dates."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Lot
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent


@transaction.atomic
def save_lot(lot: Lot, *, actor: Actor, at: datetime) -> Lot:
    """Make a lot, or correct its dates and MRP. Raises Invalid."""
    require(actor, Permission.STOCK_EDIT)
    before = None if lot._state.adding else Lot.objects.select_for_update().get(pk=lot.pk)
    lot.code = lot.code.strip()
    if lot.manufactured_on and lot.expires_on and lot.expires_on < lot.manufactured_on:
        sentence = _("It cannot expire before it was made.")
        raise Invalid(sentence, {"expires_on": [sentence]})
    if before is None:
        lot.known_since = timezone.localdate(at)
    save_valid(lot)
    if before is None:
        AuditEntry.record("lot.created", lot, actor=actor, at=at, product=lot.product.sku)
        OutboxEvent.emit("lot.created", lot=str(lot.pk), product=str(lot.product_id))
        return lot
    old, new = differences(before, lot, ("code", "manufactured_on", "expires_on", "mrp"))
    if new:
        AuditEntry.record("lot.changed", lot, actor=actor, at=at, old=old, new=new)
        OutboxEvent.emit("lot.changed", lot=str(lot.pk), product=str(lot.product_id))
    return lot


def require_lots(pairs: set[tuple[UUID, UUID]]) -> None:
    """Each (lot, product) is a lot of that product. Raises NotFound."""
    known = set(Lot.objects.filter(pk__in=[lot for lot, _product in pairs]).values_list("pk", "product_id"))
    if pairs - known:
        raise NotFound(_("There is no such lot of this product."), field="lot")
