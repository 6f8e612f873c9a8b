"""Writing what a batch of rows has come to, in a few statements whatever its size."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from catalog.importing.reasons import Rejection
from catalog.models import Barcode, Brand, Category, ImportChange, ImportJob, ImportRejection, Product, ScaleLabel
from catalog.operations.imports.comparing import Change, Plan
from catalog.operations.imports.groups import Made
from catalog.operations.noting import noted_by
from pantrypal.tenancy.models import OrgQuerySet

WRITTEN = [
    field.name
    for field in Product._meta.concrete_fields
    if field.name not in ("id", "org_id", "sku", "search_text")
]  # fmt: skip
KINDS = {
    Brand: ImportChange.Kind.BRAND,
    Category: ImportChange.Kind.CATEGORY,
    ScaleLabel: ImportChange.Kind.SCALE_LABEL,
}


def write_plan(job: ImportJob, plan: Plan, made: Iterable[Made]) -> None:
    """Runs in the batch's transaction, in which the comparison has locked the products."""
    made = list(made)
    for model in KINDS:  # a category comes after the one it lies in, which was made before it
        model.objects.bulk_create([row for row in made if isinstance(row, model)])
    changes = list(plan.changes.values())
    noted_by(job.actor_label)
    _upsert(Product.objects, [change.product for change in changes if change.is_new or change.after], WRITTEN)
    Barcode.objects.bulk_create(chain.from_iterable(change.codes for change in changes))
    adapted = list(chain.from_iterable(change.adapted for change in changes))
    _upsert(Barcode.objects, adapted, ["kind", "quantity", "price"])
    _remember(job, changes, made)


def write_rejections(job: ImportJob, rejections: Iterable[Rejection]) -> None:
    ImportRejection.objects.bulk_create(
        ImportRejection(job=job, line=row.line, code=row.code, data=row.data, cells=row.cells) for row in rejections
    )


def _upsert(rows: Any, changed: list[Any], fields: list[str]) -> None:
    """One statement for rows that are new and rows that are there: an UPDATE of each would be a round trip a row."""
    assert isinstance(rows.all(), OrgQuerySet)
    if changed:
        rows.bulk_create(changed, update_conflicts=True, unique_fields=["org_id", "id"], update_fields=fields)


def _remember(job: ImportJob, changes: list[Change], made: list[Made]) -> None:
    """Before-images. Of a product that several batches touch, the first image is the one to go back to."""
    run_at = job.started_at
    assert run_at is not None
    known = {
        row.target: row for row in ImportChange.objects.filter(job=job, target__in=[c.product.pk for c in changes])
    }
    rows = []
    for change in changes:
        row = known.get(change.product.pk) or ImportChange(
            job=job,
            kind=ImportChange.Kind.PRODUCT,
            target=change.product.pk,
            label=change.product.name,
            item=change.item,
            is_new=change.is_new,
        )
        row.run_at = run_at
        if not row.is_new:
            row.before = _plain(change.before) | row.before
            row.after = row.after | _plain(change.after)
        row.codes = [*row.codes, *(barcode.code for barcode in change.codes)]
        rows.append(row)
    rows += [
        ImportChange(job=job, kind=KINDS[type(row)], target=row.pk, label=str(row), is_new=True, run_at=run_at)
        for row in made
    ]
    _upsert(ImportChange.objects, rows, ["before", "after", "codes", "run_at"])


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps them; figures and ids as text."""
    return {
        name: value if isinstance(value, int | dict | list | None) else str(value) for name, value in values.items()
    }
