"""Writing what a batch of rows has come to, in a few statements whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils import timezone

from catalog.importing.reasons import Rejection
from catalog.models import (
    Barcode,
    Brand,
    Category,
    Family,
    ImportChange,
    ImportJob,
    ImportRejection,
    Product,
    ScaleLabel,
)
from catalog.operations.imports.comparing import Change, Plan
from catalog.operations.imports.groups import Made
from pantrypal.tenancy.bulk import insert_rows
from pantrypal.tenancy.ids import uuid7
from pantrypal.tenancy.models import OrgModel

FIXED = ("id", "sku")  # of a product that is there
KINDS = {
    Brand: ImportChange.Kind.BRAND,
    Category: ImportChange.Kind.CATEGORY,
    Family: ImportChange.Kind.FAMILY,
    ScaleLabel: ImportChange.Kind.SCALE_LABEL,
}


def _columns(model: type[OrgModel], *without: str) -> list[tuple[str, str]]:
    """Each with the attribute that holds it; the organization's is put by whoever writes."""
    fields = model._meta.concrete_fields
    return [(str(field.column), field.attname) for field in fields if field.attname not in ("org_id", *without)]


PRODUCT, BARCODE = _columns(Product, "search_text", "updated_at"), _columns(Barcode)
CHANGED = [column for column, _name in PRODUCT if column not in FIXED] + ["updated_at"]


def write_plan(job: ImportJob, plan: Plan, made: Iterable[Made]) -> None:
    """Runs in the batch's transaction, in which the comparison has locked the products."""
    made = list(made)
    for model in KINDS:  # a category comes after the one it lies in, which was made before it
        model.objects.bulk_create([row for row in made if isinstance(row, model)])
    changes = list(plan.changes.values())
    now = timezone.now()
    insert_rows(Product, _products([change.product for change in changes if change.is_new], now))
    rewrite_products([change.product for change in changes if change.after and not change.is_new], now)
    insert_rows(Barcode, _rows(BARCODE, chain.from_iterable(change.codes for change in changes)))
    rewrite_packs(chain.from_iterable(change.adapted for change in changes))
    _remember(job, changes, made)


def rewrite_products(products: Sequence[Product], now: datetime) -> None:
    """Products that are there, locked by the caller, become as they are given."""
    insert_rows(Product, _products(products, now), or_update=CHANGED)


def rewrite_packs(barcodes: Iterable[Barcode]) -> None:
    insert_rows(Barcode, _rows(BARCODE, barcodes), or_update=["kind", "quantity", "price"])


def write_rejections(job: ImportJob, rejections: Iterable[Rejection]) -> None:
    refused = [
        {"id": uuid7(), "job_id": job.pk, "line": row.line, "code": row.code, "data": row.data, "cells": row.cells}
        for row in rejections
    ]
    insert_rows(ImportRejection, refused)


def _rows(columns: Sequence[tuple[str, str]], rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{column: getattr(row, name) for column, name in columns} for row in rows]


def _products(products: Sequence[Product], now: datetime) -> list[dict[str, Any]]:
    return [row | {"updated_at": now} for row in _rows(PRODUCT, products)]


def _remember(job: ImportJob, changes: list[Change], made: list[Made]) -> None:
    """Before-images. Of a product that several batches touch, the first image is the one to go back to."""
    new = [_image(job, ImportChange.Kind.PRODUCT, change.product, change) for change in changes if change.is_new]
    insert_rows(ImportChange, new + [_image(job, KINDS[type(row)], row) for row in made])
    changed = [change for change in changes if not change.is_new]
    targets = [change.product.pk for change in changed]
    known = {row.target: row for row in ImportChange.objects.filter(job=job, target__in=targets)}
    images = [_changed(job, change, known.get(change.product.pk)) for change in changed]
    insert_rows(ImportChange, images, or_update=["before", "after", "codes", "run_at"])


def _image(job: ImportJob, kind: str, row: Any, change: Change | None = None) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "job_id": job.pk,
        "kind": kind,
        "target": row.pk,
        "label": str(row)[:200],
        "item": change.item if change else "",
        "is_new": change is None or change.is_new,
        "run_at": job.started_at,
        "before": {},
        "after": {},
        "codes": [barcode.code for barcode in change.codes] if change else [],
        "undone": "",
    }


def _changed(job: ImportJob, change: Change, known: ImportChange | None) -> dict[str, Any]:
    image = _image(job, ImportChange.Kind.PRODUCT, change.product, change)
    before, after = _plain(change.before), _plain(change.after)
    if known is not None:
        image |= {"id": known.pk, "is_new": known.is_new, "codes": [*known.codes, *image["codes"]]}
        before, after = before | known.before, known.after | after
    return image if image["is_new"] else image | {"before": before, "after": after}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps them; figures and ids as text."""
    return {
        name: value if isinstance(value, int | dict | list | None) else str(value) for name, value in values.items()
    }
