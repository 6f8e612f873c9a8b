"""What works behind the pages: relay, PDFs and imports, one process each. Imported once Django is set up."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from billing.models import Bill, BillPdf
from billing.operations.pdfs import store_bill_pdf
from catalog.operations.import_products import import_products
from pantrypal.core.actor import Actor
from pantrypal.journal.relay import relay_once, schemas
from pantrypal.tenancy.context import org_scope
from tests.bench.load import Figures
from tests.bench.seeding import barcode_of
from tests.shop import Shop

PDFS = 100
IMPORTED = 5_000
NEW = 800_000  # barcodes that no seeded product has


def works(shop: Shop) -> dict[str, Callable[[], int]]:
    """Each does its work and answers how many pieces that were."""
    return {
        "relay, events handed to the broker": relay,
        "PDFs of bills, one process": lambda: pdfs(shop),
        "import of new products, rows": lambda: imported(shop),
    }


def timed(work: Callable[[], int]) -> tuple[Figures, float]:
    """Pieces a second, and this process's own CPU seconds."""
    began, cpu = time.perf_counter(), time.process_time()
    pieces = work()
    took = time.perf_counter() - began
    each = 1000 * took / max(1, pieces)
    return Figures(pieces / took, each, each, each, 0, 0, pieces), time.process_time() - cpu


def relay() -> int:
    """What the checkouts of this run have left in the outbox."""
    return sum(relay_once(schema) for schema in schemas() for _batch in range(8))


def pdfs(shop: Shop) -> int:
    with org_scope(shop.org.pk):
        with transaction.atomic():
            done = BillPdf.objects.values("bill_id")
            bills = list(
                Bill.objects.exclude(pk__in=done).order_by("-finalized_at").values_list("pk", flat=True)[:PDFS]
            )
        for bill in bills:
            with transaction.atomic():
                store_bill_pdf(bill)
    return len(bills)


def imported(shop: Shop) -> int:
    """A price list that nobody has seen before."""
    first = NEW + int(time.time()) % 10_000 * IMPORTED
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "price-list.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["SKU", "Name", "Barcode", "Price", "MRP", "HSN"])
            for number in range(first, first + IMPORTED):
                writer.writerow([f"N{number}", f"New thing {number}", barcode_of(number), "42.50", "45.00", "1006"])
        with path.open("rb") as file, org_scope(shop.org.pk):
            job = import_products(file, path.name, actor=Actor.system(shop.org.pk), at=timezone.now())
    return job.accepted
