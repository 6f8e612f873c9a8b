"""Which figures of a scale's label mean what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from catalog.models import ScaleLabel
from catalog.scan import Carries
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

# What most label scales in Indian shops are delivered with: item of five figures, then grams or paise.
DEFAULTS = (("21", Carries.WEIGHT, 3), ("22", Carries.PRICE, 2))


@transaction.atomic
def save_scale_label(label: ScaleLabel, *, actor: Actor, at: datetime) -> ScaleLabel:
    """Create or change the layout of a prefix. Raises Invalid."""
    require(actor, Permission.CATALOG_EDIT)
    before = None if label._state.adding else ScaleLabel.objects.select_for_update().get(pk=label.pk)
    save_valid(label)
    if before is None:
        AuditEntry.record("scale_label.created", label, actor=actor, at=at, prefix=label.prefix)
    else:
        old, new = differences(before, label)
        if not new:
            return label
        AuditEntry.record("scale_label.changed", label, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("scale_label.changed", scale_label=str(label.pk))
    return label


@transaction.atomic
def create_default_scale_labels(*, actor: Actor, at: datetime) -> None:
    """The layouts that an organization begins with; a prefix that is there already is left alone."""
    require(actor, Permission.CATALOG_EDIT)
    taken = set(ScaleLabel.objects.values_list("prefix", flat=True))
    for prefix, carries, decimals in DEFAULTS:
        if prefix not in taken:
            save_scale_label(ScaleLabel(prefix=prefix, carries=carries, decimals=decimals), actor=actor, at=at)
