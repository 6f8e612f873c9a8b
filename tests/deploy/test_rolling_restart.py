"""New code in the middle of the day: the shipped nginx, PgBouncer and gunicorn, 20 clients that sell, no lost sale."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.db import connections, transaction

from billing.models import Bill
from catalog.models import Product
from deploy.devstack.services import SCRATCH
from tests.api import Api
from tests.database import with_database
from tests.installation import Installation, missing_servers
from tests.integrator import Integrator
from tests.shop import Shop

CLIENTS = 20


@pytest.fixture
def installation(committed_shop: Shop) -> Iterator[Installation]:
    if lacking := missing_servers():
        if os.environ.get("REQUIRE_SERVERS"):
            pytest.fail(f"needs {', '.join(lacking)}")
        pytest.skip(f"needs {', '.join(lacking)} (Debian's packages)")
    home = Path(tempfile.mkdtemp(prefix="pantrypal-test-", dir=SCRATCH))
    home.chmod(0o755)
    (home / "owner.pid").write_text(str(os.getpid()))
    database = with_database(os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"])
    made = Installation(home, database, f"{os.environ['REDIS_URL'].rpartition('/')[0]}/15")
    try:
        yield made.start()
    finally:
        made.stop()


def numbers_of(shop: Shop, bills: list[str]) -> dict[str, str]:
    with transaction.atomic():
        return {str(pk): number for pk, number in Bill.objects.filter(pk__in=bills).values_list("pk", "number")}


def test_instances_are_replaced_one_by_one_and_no_sale_fails(committed_shop: Shop, installation: Installation) -> None:
    with transaction.atomic():
        milk = committed_shop.product()
        committed_shop.stock(milk, "100000")
        barcode = committed_shop.barcode(milk).shown
        secret = Api(committed_shop).secret
    stop = Event()
    integrators = [Integrator(installation.address, secret, barcode) for _ in range(CLIENTS)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        selling = [pool.submit(each.sell_until, stop) for each in integrators]
        try:
            installation.reload_web("web0")
            for name in ("web1", "web2"):
                installation.end_web(name)
                installation.start_web(name)
                installation.await_web(name)
        finally:
            stop.set()
        done = [each.result() for each in selling]

    told = {bill: number for each in done for bill, number in each.sold.items()}
    assert len(told) > CLIENTS
    assert numbers_of(committed_shop, list(told)) == told
    with transaction.atomic():
        sequences = sorted(Bill.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(told) + 1))
    assert left(committed_shop, milk) == 100000 - len(told)


def left(shop: Shop, product: Product) -> int:
    with transaction.atomic():
        return int(shop.on_hand(product))
