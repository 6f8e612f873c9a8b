"""Undoing an import: back to the state before it, to the row.

What it made is removed, what it changed gets its old values back. Where that cannot be, the reason is noted: a
product that has been sold, stocked or ordered since is archived, because documents refer to it; a field that
somebody has changed since stays as they left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Barcode, Brand, Category, Family, ImportChange, ImportJob, Product, ScaleLabel
from catalog.operations.imports.comparing import put_value, value_of
from catalog.operations.imports.uploads import locked_job
from catalog.operations.imports.writing import rewrite_packs, rewrite_products
from catalog.operations.noting import noted_by
from catalog.queries.usage import in_use
from catalog.refusals import ImportAtWork
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.journal.models import AuditEntry, OutboxEvent

BATCH = 500
State, Kind, Undone = ImportJob.State, ImportChange.Kind, ImportChange.Undone
GROUPS: dict[str, Any] = {Kind.BRAND: Brand, Kind.CATEGORY: Category, Kind.FAMILY: Family, Kind.SCALE_LABEL: ScaleLabel}


@transaction.atomic
def start_undo(job_id: UUID, *, actor: Actor, at: datetime) -> ImportJob:
    """Raises ImportAtWork, NotFound."""
    require(actor, Permission.CATALOG_EDIT)
    require(actor, Permission.PRICE_EDIT)
    job = locked_job(job_id, State.IMPORTED, State.CANCELLED, State.FAILED)
    job.state, job.started_at, job.finished_at = State.UNDOING, at, None
    job.actor_kind, job.actor_id, job.actor_label = actor.kind, actor.ident, actor.label
    job.rows = ImportChange.objects.filter(job=job).count()
    job.processed = 0
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        raise ImportAtWork(_("Another list is being imported. Please wait for it, or cancel it.")) from None
    OutboxEvent.emit("import.wanted", **{"import": str(job.pk)})
    return job


def undo_stepwise(job_id: UUID, *, at: datetime) -> Iterator[int]:
    """The work of an undo, the newest changes first; yields after each step, which is a transaction of its own."""
    while True:
        with transaction.atomic():
            job = ImportJob.objects.select_for_update().filter(pk=job_id, state=State.UNDOING).first()
            if job is None:
                return
            waiting = ImportChange.objects.filter(job=job, undone=Undone.NOT)
            changes = list(waiting.filter(kind=Kind.PRODUCT).order_by("-pk")[:BATCH])
            changes = changes or list(waiting.order_by("-pk")[:BATCH])
            if not changes:
                _close(job, at)
                return
            noted_by(job.actor_label, at)
            _undo(changes, at)
            for outcome in {change.undone for change in changes}:
                alike = [change.pk for change in changes if change.undone == outcome]
                ImportChange.objects.filter(pk__in=alike).update(undone=outcome)
            job.processed += len(changes)
            job.save(update_fields=["processed"])
        yield job.processed


def _undo(changes: Sequence[ImportChange], at: datetime) -> None:
    products = [change for change in changes if change.kind == Kind.PRODUCT]
    _undo_made([change for change in products if change.is_new], at)
    _undo_changed([change for change in products if not change.is_new])
    for change in changes:  # the newest first, so that an inner category goes before the outer one
        if change.kind != Kind.PRODUCT:
            model = GROUPS[change.kind]
            is_used = bool(in_use(model, [change.target]))
            change.undone = Undone.KEPT if is_used else Undone.REMOVED
            if not is_used:
                model.objects.filter(pk=change.target).delete()


def _undo_made(changes: Sequence[ImportChange], at: datetime) -> None:
    ids = [change.target for change in changes]
    locked = Product.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    products = {product.pk: product for product in locked}
    used = in_use(Product, ids)
    unused = [pk for pk in products if pk not in used]
    Barcode.objects.filter(product__in=unused).delete()
    Product.objects.filter(pk__in=unused).delete()
    Product.objects.filter(pk__in=used, archived_at=None).update(archived_at=at, updated_at=at)
    for change in changes:
        change.undone = Undone.ARCHIVED if change.target in used else Undone.REMOVED


def _undo_changed(changes: Sequence[ImportChange]) -> None:
    locked = Product.objects.filter(pk__in=[change.target for change in changes]).order_by("pk")
    products = {product.pk: product for product in locked.select_for_update(of=("self",), no_key=True)}
    codes = {code for change in changes for code in (*change.codes, *_adapted(change))}
    barcodes = {barcode.code: barcode for barcode in Barcode.objects.filter(code__in=codes)}
    before = {code: _pack_of(barcode) for code, barcode in barcodes.items()}
    for change in changes:
        product = products.get(change.target)
        is_whole = product is not None and _restore(change, product, barcodes)
        change.undone = Undone.RESTORED if is_whole else Undone.KEPT
    rewrite_products(list(products.values()), timezone.now())
    rewrite_packs(barcode for code, barcode in barcodes.items() if _pack_of(barcode) != before[code])
    added = [
        barcodes[code].pk for change in changes for code in change.codes if _is_its_own(change, barcodes.get(code))
    ]
    Barcode.objects.filter(pk__in=added).delete()


def _is_its_own(change: ImportChange, barcode: Barcode | None) -> bool:
    return barcode is not None and barcode.product_id == change.target


def _restore(change: ImportChange, product: Product, barcodes: dict[str, Barcode]) -> bool:
    """In memory. False where something of it has been changed since, and stays."""
    is_whole = True
    for name, old in change.before.items():
        if name.startswith("barcode "):
            is_whole &= _restore_pack(barcodes.get(name.removeprefix("barcode ")), old, change.after[name])
        elif _is(product, name, change.after[name]):
            put_value(product, name, _value(name, old))
        else:
            is_whole = False
    return is_whole


def _restore_pack(barcode: Barcode | None, old: list[Any], new: list[Any]) -> bool:
    if barcode is None or _pack_of(barcode) != _pack(new):
        return False
    barcode.kind, barcode.quantity, barcode.price = _pack(old)
    return True


def _pack_of(barcode: Barcode) -> list[Any]:
    return [barcode.kind, barcode.quantity, barcode.price]


def _pack(kept: list[Any]) -> list[Any]:
    kind, quantity, price = kept
    return [kind, Decimal(quantity), None if price is None else Decimal(price)]


def _adapted(change: ImportChange) -> Iterator[str]:
    return (name.removeprefix("barcode ") for name in change.before if name.startswith("barcode "))


def _is(product: Product, name: str, kept: Any) -> bool:
    return bool(value_of(product, name) == _value(name, kept))


def _value(name: str, kept: Any) -> Any:
    """A value of the field as it was before JSON."""
    field = next(field for field in Product._meta.concrete_fields if field.attname == name)
    target: models.Field[Any, Any] = field.target_field if isinstance(field, models.ForeignKey) else field
    return kept if isinstance(target, models.JSONField) else target.to_python(kept)


def _close(job: ImportJob, at: datetime) -> None:
    job.state, job.finished_at, job.undone_at = State.UNDONE, at, at
    job.save()
    counted = ImportChange.objects.filter(job=job, kind=Kind.PRODUCT).values_list("undone").annotate(models.Count("pk"))
    counts = {str(name): number for name, number in counted.order_by()}
    actor = Actor(job.actor_kind, job.actor_id, job.actor_label, job.org_id, frozenset())
    AuditEntry.record("catalog.import_undone", job, actor=actor, at=at, **counts)
    OutboxEvent.emit("catalog.import_undone", **{"import": str(job.pk)}, **counts)
