"""Categories and brands, by which products are grouped."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Brand, Category
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

Group = TypeVar("Group", Brand, Category)


def save_brand(brand: Brand, *, actor: Actor, at: datetime) -> Brand:
    """Create or rename a brand. Raises Invalid."""
    require(actor, Permission.CATALOG_EDIT)
    return _save("brand", brand, actor, at)


@transaction.atomic
def save_category(category: Category, *, actor: Actor, at: datetime) -> Category:
    """Create, rename or move a category. Raises Invalid where it would come to lie inside itself."""
    require(actor, Permission.CATALOG_EDIT)
    # All of them, locked: two moves at once could otherwise make a ring between them.
    parents = dict(Category.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", "parent_id"))
    above = category.parent_id
    while above is not None:
        if above == category.pk:
            sentence = _("A category cannot be a part of itself.")
            raise Invalid(sentence, {"parent": [sentence]})
        above = parents.get(above)
    return _save("category", category, actor, at)


@transaction.atomic
def _save(kind: str, row: Group, actor: Actor, at: datetime) -> Group:
    before = None if row._state.adding else type(row).objects.select_for_update().get(pk=row.pk)
    row.name = row.name.strip()
    save_valid(row)
    if before is None:
        AuditEntry.record(f"{kind}.created", row, actor=actor, at=at)
        OutboxEvent.emit(f"{kind}.created", **{kind: str(row.pk)})
        return row
    old, new = differences(before, row)
    if new:
        AuditEntry.record(f"{kind}.changed", row, actor=actor, at=at, old=old, new=new)
        OutboxEvent.emit(f"{kind}.changed", **{kind: str(row.pk)})
    return row
