"""manage.py load_hsn HSN_SAC.xlsx: the official list of HSN codes, for all organizations."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pantrypal.core.operations.hsn import load_hsn
from pantrypal.core.tables import FileRefused
from pantrypal.tenancy.context import org_scope


class Command(BaseCommand):
    help = "Take over codes and descriptions from the list that CBIC publishes (CSV or XLSX). Again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file, org_scope(None):
                done = load_hsn(file)
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}") from problem
        except FileRefused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged.")
