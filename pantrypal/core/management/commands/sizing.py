"""manage.py sizing --bills-per-day 20000: what to rent. Asks no database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pantrypal.core.sizing import CORES_OF_A_WEB_SERVER, PEAK, size


class Command(BaseCommand):
    help = "Cores, connections, shards and disk for so many bills a day, from the measured figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bills-per-day", type=int, required=True)
        parser.add_argument("--lines", type=int, default=5, help="of a bill, on the average (5)")
        parser.add_argument("--peak", type=int, default=PEAK, help=f"the busiest minute against the mean ({PEAK})")

    def handle(self, *args: Any, **options: Any) -> None:
        bills, lines, peak = options["bills_per_day"], options["lines"], options["peak"]
        if min(bills, lines, peak) < 1:
            raise CommandError("Bills, lines and peak are whole numbers from 1.")
        need = size(bills, lines=lines, peak=peak)
        for what, figure in (
            ("Bills a day", f"{bills:,} of {lines} lines"),
            ("At the peak", f"{need.sales_a_second:,} sales and {need.requests_a_second:,} requests a second"),
            ("Web", f"{need.app_cores} cores: {need.web_servers} servers of {CORES_OF_A_WEB_SERVER} cores"),
            ("PostgreSQL", f"{need.database_cores} cores, {need.connections} connections behind PgBouncer"),
            ("Shards", f"{need.shards}"),
            ("Disk a year", f"{need.database_gb_a_year:,} GB of database, {need.pdf_gb_a_year:,} GB of PDFs"),
        ):
            self.stdout.write(f"{what + ':':<14}{figure}")
