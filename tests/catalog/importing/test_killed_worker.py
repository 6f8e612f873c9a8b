"""A worker that is killed in the middle of a list, and the one that takes it up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.gtin import check_digit
from catalog.models import Barcode, ImportChange, ImportJob, ImportRejection, Product
from catalog.operations.imports.runs import start_import
from catalog.operations.imports.steps import BATCH
from catalog.operations.imports.uploads import upload_list
from pantrypal.journal.models import AuditEntry, InboxEntry
from tests.catalog.importing.lists import counts, listed
from tests.owner import settle_backlog
from tests.processes import Processes, until
from tests.shop import NOON, Shop

pytestmark = pytest.mark.xdist_group("workers")

STEPS = 5


@pytest.fixture
def processes(committed_shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    settle_backlog()
    made = Processes(tmp_path_factory.mktemp("processes"))
    try:
        yield made
    finally:
        made.end()


def long_list() -> list[str]:
    """Every fourth item comes twice, with a second barcode; every hundredth row has no price."""
    rows = []
    for number in range(STEPS * BATCH):
        body = f"952{number:09}"
        item = number - 1 if number % 4 == 1 else number
        price = "" if number % 100 == 99 else "12,00"
        rows.append(f"Item {item};S{item};{body}{check_digit(body)};{price};;Brand {item % 50};Category {item % 9}")
    return rows


def job_now(job: ImportJob) -> ImportJob:
    with transaction.atomic():
        return ImportJob.objects.get(pk=job.pk)


def half_a_minute_passes() -> None:
    with transaction.atomic():
        InboxEntry.objects.filter(event__topic="import.wanted", done_at=None).update(next_at=timezone.now())


def test_every_row_is_taken_over_exactly_once(committed_shop: Shop, processes: Processes) -> None:
    shop = committed_shop
    with transaction.atomic():
        job = upload_list(listed(*long_list()), "list.csv", actor=shop.actor, at=NOON)
        start_import(job.pk, actor=shop.actor, at=NOON)
    for name in ("relay", "worker"):
        processes.start(name)
    until(lambda: job_now(job).processed, f"the import never began: {processes.log('worker')}")

    processes.kill("worker")

    done = job_now(job)
    assert done.state == "importing"
    assert 0 < done.processed < STEPS * BATCH
    assert done.processed % BATCH == 0
    half_a_minute_passes()
    processes.start("worker")
    until(lambda: not job_now(job).is_at_work, f"not taken up again: {processes.log('worker')}", seconds=120)

    job = job_now(job)
    rows, refused = STEPS * BATCH, STEPS * BATCH // 100
    products = rows * 3 // 4 - refused  # a refused row is the only one of its item
    assert (job.state, job.processed) == ("imported", rows)
    assert counts(job) == (rows - refused, refused, products, 0, 0)
    with transaction.atomic():
        assert Product.objects.count() == products
        assert Barcode.objects.count() == rows - refused
        assert ImportRejection.objects.filter(job=job).count() == refused
        assert ImportChange.objects.filter(job=job, kind="product", is_new=True).count() == products
        assert AuditEntry.objects.filter(action="catalog.imported").count() == 1
