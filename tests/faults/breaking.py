"""Ten programs sell without a pause while processes are killed under them; then every sale is looked for.

In turn: PostgreSQL with all its backends (kill -9, as a power cut), an instance of the web server, the worker.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import StringIO
from pathlib import Path
from threading import Event

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # needs the settings
from django.db import connection, transaction  # noqa: E402

from billing.models import Bill, BillPdf  # noqa: E402
from catalog.models import Product  # noqa: E402
from deploy.devstack import postgres, services  # noqa: E402
from pantrypal.tenancy.context import org_scope  # noqa: E402
from tests.api import Api  # noqa: E402
from tests.bench.processes import tree  # noqa: E402
from tests.installation import Installation  # noqa: E402
from tests.integrator import Integrator  # noqa: E402
from tests.shop import Shop, make_shop  # noqa: E402

PROGRAMS = 10
ROUNDS = int(os.environ.get("ROUNDS", "9"))
BETWEEN = 3  # seconds of selling between two faults
STOCK = 1_000_000
PATIENCE = 120  # seconds without a new one: a killed worker's last work is due again after a minute


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="pantrypal-test-", dir=services.SCRATCH))
    home.chmod(0o755)
    (home / "owner.pid").write_text(str(os.getpid()))
    with org_scope(None):
        shop = make_shop("faults")
    with org_scope(shop.org.pk), transaction.atomic():
        milk = shop.product()
        shop.stock(milk, str(STOCK))
        barcode, secret = shop.barcode(milk).shown, Api(shop).secret
    installation = Installation(home, os.environ["DATABASE_URL"], os.environ["REDIS_URL"], instances=2)
    try:
        installation.start()
        installation.start_celery()
        told, repeated = _sell_and_break(installation, barcode, secret)
        return _report(_wrongs(shop, milk, told), told, repeated)
    except AssertionError:
        for part in installation.running:
            print(f"-- {part}\n{installation.log(part)[-4000:]}")
        raise
    finally:
        installation.stop()


def _sell_and_break(installation: Installation, barcode: str, secret: str) -> tuple[dict[str, str], int]:
    """Numbers by bill id, as the programs were told, and how often they had to ask again."""
    faults: list[Callable[[], None]] = [
        kill_postgres,
        lambda: kill_web(installation),
        lambda: kill_worker(installation),
    ]
    stop = Event()
    programs = [Integrator(installation.address, secret, barcode) for _ in range(PROGRAMS)]
    with ThreadPoolExecutor(PROGRAMS) as pool:
        selling = [pool.submit(each.sell_until, stop) for each in programs]
        try:
            for number in range(ROUNDS):
                time.sleep(BETWEEN)
                faults[number % len(faults)]()
                print(f"{number + 1}/{ROUNDS}: {sum(len(each.sold) for each in programs)} sold", flush=True)
            time.sleep(BETWEEN)
        finally:
            stop.set()
        done = [each.result() for each in selling]
    told = {bill: number for each in done for bill, number in each.sold.items()}
    return told, sum(each.repeated for each in done)


def kill_postgres() -> None:
    """All at once: nobody writes anything more. Then as an operator starts it again."""
    data = Path(os.environ["FAULTS_POSTGRES"])
    root = int((data / "postmaster.pid").read_text().split()[0])
    for pid in tree(root):
        _kill(pid)
    postgres.Postgres(data, durable=True).start()


def kill_web(installation: Installation) -> None:
    for pid in tree(installation.running["web0"].pid):
        _kill(pid)
    installation.running.pop("web0").wait()
    installation.start_web("web0")
    installation.await_web("web0")


def kill_worker(installation: Installation) -> None:
    for name in ("worker", "relay"):
        for pid in tree(installation.running[name].pid):
            _kill(pid)
        installation.running.pop(name).wait()
    installation.start_celery()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wrongs(shop: Shop, milk: Product, told: dict[str, str]) -> list[str]:
    connection.close()
    with org_scope(shop.org.pk), transaction.atomic():
        kept = {str(pk): number for pk, number in Bill.objects.values_list("pk", "number")}
        sequences = sorted(Bill.objects.values_list("sequence", flat=True))
        left = int(shop.on_hand(milk))
    wrongs = [f"lost: {number}" for bill, number in told.items() if kept.get(bill) != number]
    wrongs += [f"doubled: {number}" for number, times in Counter(kept.values()).items() if times > 1]
    if sequences != list(range(1, len(kept) + 1)):
        wrongs.append(f"numbers are not 1 to {len(kept)}")
    if left != STOCK - len(kept):
        wrongs.append(f"{left} are left, not {STOCK - len(kept)}")
    return wrongs + _ledgers() + _papers(shop, len(kept))


def _ledgers() -> list[str]:
    wrongs = []
    for command in ("verify_chain", "verify_ledgers"):
        out = StringIO()
        try:
            call_command(command, stdout=out, stderr=out)
        except SystemExit as end:
            if end.code:
                wrongs.append(f"{command}: {out.getvalue()[:500]}")
    return wrongs


def _papers(shop: Shop, bills: int) -> list[str]:
    """Every bill gets its PDF, once: the last work of a killed worker is given to another."""
    limit, made = time.monotonic() + PATIENCE, -1
    while time.monotonic() < limit:
        with org_scope(shop.org.pk), transaction.atomic():
            found = BillPdf.objects.count()
        if found == bills:
            return []
        if found > made:
            limit, made = time.monotonic() + PATIENCE, found
        time.sleep(1)
    return [f"{made} PDFs of {bills} bills"]


def _report(wrongs: list[str], told: dict[str, str], repeated: int) -> int:
    print(f"{len(told)} sales answered, {repeated} asked again, {ROUNDS} faults, {len(wrongs)} wrongs")
    for wrong in wrongs[:20]:
        print(f"  {wrong}")
    return 1 if wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
