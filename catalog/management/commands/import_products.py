"""manage.py import_products: a price list into an organization's catalog."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from catalog.importing.columns import Column
from catalog.importing.reasons import REMARKS
from catalog.importing.settings import MAJOR, MERGE, MINOR, REFUSE, USE
from catalog.models import ImportJob, ImportRejection
from catalog.operations.import_products import import_products
from pantrypal.core.actor import Actor
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Organization
from pantrypal.tenancy.context import org_scope

COUNTS = ("rows", "accepted", "rejected", "created", "changed", "unchanged")


class Command(BaseCommand):
    help = "Import products from CSV, TSV, XLSX or XML. Layout and columns are recognised; options overrule them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--org", required=True, help="address of the organization, such as annapurna")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--mapping", nargs="+", metavar="COLUMN=NUMBER", help="such as name=1 price=6 barcode=14")
        parser.add_argument("--money", choices=(MAJOR, MINOR), help="minor: the prices are in paise or cents")
        parser.add_argument("--decimal-mark", choices=(".", ","))
        parser.add_argument("--same-barcode", choices=(REFUSE, MERGE), help="of two items with one barcode")
        parser.add_argument("--promotion-price", choices=(USE, REFUSE), help="where the price is missing or 0")
        parser.add_argument("--fix-zeros", action="store_true", help="put lost leading zeros of barcodes back")
        parser.add_argument("--tax-class", help="code of the class for rows that name none")
        parser.add_argument("--rejected", type=int, default=20, metavar="N", help="list so many rejected rows (20)")
        parser.add_argument("--json", action="store_true", help="the report as JSON, with every rejected row")

    def handle(self, *args: Any, **options: Any) -> None:
        org = self._organization(options["org"])
        try:
            with options["file"].open("rb") as file, org_scope(org.pk):
                job = import_products(
                    file,
                    options["file"].name,
                    actor=Actor.system(org.pk),
                    at=timezone.now(),
                    dry_run=options["dry_run"],
                    choices=_choices(options),
                    progress=self._told if options["verbosity"] > 1 else lambda rows: None,
                )
                with transaction.atomic():
                    self._report(job, options)
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}") from problem
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal

    def _organization(self, slug: str) -> Organization:
        with org_scope(None):
            org = Organization.objects.filter(slug=slug).first()
        if org is None:
            raise CommandError(f"There is no organization {slug}.")
        return org

    def _told(self, rows: int) -> None:
        self.stderr.write(f"{rows} rows")

    def _report(self, job: ImportJob, options: dict[str, Any]) -> None:
        rejections = list(ImportRejection.objects.filter(job=job).order_by("line", "pk"))
        reasons = Counter(row.code for row in rejections)
        if options["dry_run"]:
            job.discard()
        if job.state == ImportJob.State.FAILED:
            raise CommandError(job.problem)
        if options["json"]:
            told: dict[str, Any] = {name: getattr(job, name) for name in COUNTS}
            told |= {"total": str(job.total), "remarks": job.remarks, "reasons": dict(reasons)}
            told["rejections"] = [{"line": r.line, "code": r.code, "reason": r.sentence} for r in rejections]
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(", ".join(f"{getattr(job, name)} {name}" for name in COUNTS) + ".")
        self.stdout.write(f"Sum of the prices: {job.total}")
        for code, count in reasons.most_common():
            self.stdout.write(f"  rejected {count}: {code}")
        for code, count in job.remarks.items():
            self.stdout.write(f"  {count}: {REMARKS[code]}")
        for row in rejections[: options["rejected"]]:
            self.stdout.write(f"  line {row.line}: {row.sentence}")


def _choices(options: dict[str, Any]) -> dict[str, Any]:
    """Settings that the options state; the rest is recognised."""
    names = ("money", "decimal_mark", "same_barcode", "promotion_price", "tax_class")
    choices = {name: options[name] for name in names if options[name]}
    if options["fix_zeros"]:
        choices["fix_zeros"] = True
    if options["mapping"]:
        try:
            pairs = [part.split("=", 1) for part in options["mapping"]]
            choices["columns"] = {Column(name): int(number) - 1 for name, number in pairs}
        except ValueError as problem:
            raise CommandError(f"--mapping: {problem}") from problem
    return choices
