"""Small lists, and importing them."""

from __future__ import annotations

import io
from typing import Any

from catalog.models import ImportJob, ImportRejection, Product
from catalog.operations.import_products import import_products
from tests import data
from tests.shop import NOON, Shop

HEADER = "name;sku;barcode;price;mrp;brand;category"


def listed(*rows: str, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows]).encode())


def bring(shop: Shop, file: io.BytesIO, name: str = "list.csv", **options: Any) -> ImportJob:
    return import_products(file, name, actor=shop.actor, at=NOON, **options)


def bring_reference(shop: Shop, name: str, **options: Any) -> ImportJob:
    with data.path(name).open("rb") as file:
        return import_products(file, name, actor=shop.actor, at=NOON, **options)


def counts(job: ImportJob) -> tuple[int, ...]:
    """Accepted, rejected; new, changed, unchanged."""
    return job.accepted, job.rejected, job.created, job.changed, job.unchanged


def reasons(job: ImportJob) -> list[tuple[int, str]]:
    return list(ImportRejection.objects.filter(job=job).order_by("line").values_list("line", "code"))


def product(sku: str) -> Product:
    return Product.objects.get(sku=sku)
