"""manage.py create_shard shard_0001: room for more organizations. Runs as the owner."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from pantrypal.core.models import Shard


class Command(BaseCommand):
    help = "Make shards: PostgreSQL schemas that hold organizations. Those that exist are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema", nargs="+", help="such as shard_0001")

    def handle(self, *args: Any, **options: Any) -> None:
        for schema in options["schema"]:
            if Shard.objects.filter(schema_name=schema).exists():
                continue
            Shard(schema_name=schema, name=schema).save(verbosity=0)
            self.stdout.write(f"Made {schema}.")
