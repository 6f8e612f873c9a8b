"""manage.py move_org <organization> <shard>: runs as the owner, while the shops go on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pantrypal.core.models import Organization
from pantrypal.tenancy.move import MoveRefused, move_org


class Command(BaseCommand):
    help = "Move one organization to another shard. Its requests meanwhile get 503 with Retry-After."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", help="its address, such as annapurna")
        parser.add_argument("shard", help="such as shard_0002")

    def handle(self, *args: Any, **options: Any) -> None:
        org = Organization.objects.filter(slug=options["organization"]).first()
        if org is None:
            raise CommandError(f"There is no organization {options['organization']}.")
        try:
            moved = move_org(org.pk, options["shard"])
        except MoveRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Moved {sum(moved.values())} rows of {org.slug} to {options['shard']}.")
