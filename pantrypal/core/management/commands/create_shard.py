"""manage.py create_shard shard_0001: room for more organizations. Runs as the owner.

With --migrate a new installation is made in one run: what there is comes to the newest schema first.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from pantrypal.core.models import Shard


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page's code, and migrate_schemas runs them
    help = "Make shards: PostgreSQL schemas that hold organizations. Those that exist are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema", nargs="+", help="such as shard_0001")
        parser.add_argument("--migrate", action="store_true", help="run migrate_schemas before")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["migrate"]:
            call_command("migrate_schemas", verbosity=0)
        for schema in options["schema"]:
            if Shard.objects.filter(schema_name=schema).exists():
                continue
            Shard(schema_name=schema, name=schema).save(verbosity=0)
            self.stdout.write(f"Made {schema}.")
