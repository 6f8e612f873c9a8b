"""Changing how an organization values its goods."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from inventory.models import CostLayer, StockLevel, StockSettings
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.journal.models import AuditEntry


@transaction.atomic
def choose_costing(costing: StockSettings.Costing, *, actor: Actor, at: datetime) -> StockSettings:
    """From now on; what is on hand keeps the value it has.

    To FIFO: everything that is there becomes one layer at its average. To the average: the layers go, and
    the average that they had stays on the level.
    """
    require(actor, Permission.ORG_EDIT)
    levels = list(StockLevel.objects.select_for_update().order_by("pk"))  # nothing moves meanwhile
    settings = StockSettings.objects.select_for_update().first() or StockSettings()
    before = settings.costing
    if before == costing:
        return settings
    settings.costing = costing
    settings.save()
    CostLayer.objects.all().delete()
    if costing == StockSettings.Costing.FIFO:
        there = [level for level in levels if level.on_hand > 0]
        CostLayer.objects.bulk_create(
            [CostLayer(level=level, quantity=level.on_hand, unit_cost=level.average_cost) for level in there]
        )
    AuditEntry.record(
        "stock.costing_changed", settings, actor=actor, at=at, old={"costing": before}, new={"costing": costing}
    )
    return settings
