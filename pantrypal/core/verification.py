"""Commands that prove something for every organization and exit non-zero if they cannot."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pantrypal.core.findings import Finding
from pantrypal.core.models import Organization
from pantrypal.tenancy.context import org_scope


class VerificationCommand(BaseCommand):
    """Subclasses yield the findings of the active organization."""

    def findings(self, org: Organization) -> Iterable[Finding]:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", nargs="*", help="addresses, such as annapurna; all of them without one")

    def handle(self, *args: Any, **options: Any) -> None:
        orgs = self._chosen(options["organization"])
        wrong = 0
        for org in orgs:
            with org_scope(org.pk), transaction.atomic():
                for finding in self.findings(org):
                    wrong += 1
                    self.stdout.write(f"{org.slug}: {finding}")
        if wrong:
            raise CommandError(f"{wrong} findings in {len(orgs)} organizations.")
        self.stdout.write(f"{len(orgs)} organizations verified; nothing is wrong.")

    def _chosen(self, slugs: list[str]) -> list[Organization]:
        with org_scope(None):
            orgs = Organization.objects.filter(route__state="active").order_by("pk")
            return list(orgs.filter(slug__in=slugs) if slugs else orgs)
