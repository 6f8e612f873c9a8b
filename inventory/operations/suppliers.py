"""Suppliers and their prices: added, changed, archived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from customers.phone import to_e164
from inventory.models import Supplier, SupplierPrice
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.models import Organization
from pantrypal.core.validation import in_places, save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent


@transaction.atomic
def save_supplier(supplier: Supplier, *, org: Organization, actor: Actor, at: datetime) -> Supplier:
    """Create or change a supplier, with the phone brought into E.164. Raises Invalid."""
    require(actor, Permission.PURCHASE)
    before = None if supplier._state.adding else Supplier.objects.select_for_update().get(pk=supplier.pk)
    supplier.name = supplier.name.strip()
    if supplier.phone:
        supplier.phone = to_e164(supplier.phone, org.country)
    if supplier.gstin:
        supplier.gstin = supplier.gstin.strip().upper()
        supplier.state_code = supplier.gstin[:2]
    save_valid(supplier)
    _tell("supplier", before, supplier, actor, at)
    return supplier


@transaction.atomic
def save_supplier_price(price: SupplierPrice, *, org: Organization, actor: Actor, at: datetime) -> SupplierPrice:
    """Note what a supplier asks from a day on. Raises Invalid."""
    require(actor, Permission.PURCHASE)
    before = None if price._state.adding else SupplierPrice.objects.select_for_update().get(pk=price.pk)
    if price.price is not None:
        price.price = in_places(price.price, org, "price")
    save_valid(price)
    _tell("supplier_price", before, price, actor, at)
    return price


def archive_suppliers(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Order no more from them; returns how many were in use."""
    return _set_archived(ids, at, actor=actor, at=at)


def restore_suppliers(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Order from them again; returns how many were archived."""
    return _set_archived(ids, None, actor=actor, at=at)


@transaction.atomic
def _set_archived(ids: Iterable[UUID], archived_at: datetime | None, *, actor: Actor, at: datetime) -> int:
    require(actor, Permission.PURCHASE)
    others = Supplier.objects.filter(pk__in=set(ids), archived_at__isnull=archived_at is not None)
    suppliers = list(others.order_by("pk").select_for_update())
    for supplier in suppliers:
        supplier.archived_at = archived_at
        supplier.save(update_fields=["archived_at", "updated_at"])
        action = "supplier.restored" if archived_at is None else "supplier.archived"
        AuditEntry.record(action, supplier, actor=actor, at=at)
        OutboxEvent.emit("supplier.changed", supplier=str(supplier.pk))
    return len(suppliers)


Row = Supplier | SupplierPrice


def _tell(kind: str, before: Row | None, row: Row, actor: Actor, at: datetime) -> None:
    if before is None:
        AuditEntry.record(f"{kind}.created", row, actor=actor, at=at)
        OutboxEvent.emit(f"{kind}.created", **{kind: str(row.pk)})
        return
    old, new = differences(before, row)
    if new:
        AuditEntry.record(f"{kind}.changed", row, actor=actor, at=at, old=old, new=new)
        OutboxEvent.emit(f"{kind}.changed", **{kind: str(row.pk)})
