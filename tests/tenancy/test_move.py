from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.conf import settings
from django.db import connection, transaction

from billing.models import Bill, BillLine
from pantrypal.tenancy.context import OrgUnavailable, org_scope
from tests.database import REPO, with_database
from tests.shop import Shop, line


def move(org_slug: str, shard: str) -> str:
    env = os.environ | {
        "PANTRY_ROLE": "owner",
        "DATABASE_OWNER_URL": with_database(os.environ["DATABASE_OWNER_URL"], settings.DATABASES["default"]["NAME"]),
    }
    command = [sys.executable, "manage.py", "move_org", org_slug, shard]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, check=True)
    return done.stdout


def where(shop: Shop) -> str:
    with org_scope(None), connection.cursor() as cursor:
        cursor.execute("SELECT schema_name FROM org_route WHERE org_id = %s", [shop.org.pk])
        return cursor.fetchone()[0]


def test_an_organization_moves_while_it_sells_and_loses_nothing(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(tracks_stock=False)
    stop = Event()

    def sell_until_told() -> tuple[list[str], int]:
        numbers, unavailable = [], 0
        while not stop.is_set():
            try:
                with org_scope(shop.org.pk), transaction.atomic():
                    numbers.append(shop.sell(line(milk)).bill.number)
            except OrgUnavailable:
                unavailable += 1
        connection.close()
        return numbers, unavailable

    with ThreadPoolExecutor(3) as pool:
        tills = [pool.submit(sell_until_told) for _ in range(3)]
        said = move(shop.org.slug, "shard_0002"), move(shop.org.slug, "shard_0001"), move(shop.org.slug, "shard_0002")
        stop.set()
        sold = [number for till in tills for number in till.result()[0]]

    assert "to shard_0002." in said[0]
    assert where(shop) == "shard_0002"
    with transaction.atomic():
        assert sorted(Bill.objects.values_list("number", flat=True)) == sorted(sold)
        assert BillLine.objects.count() == len(sold)
        assert [int(number[-7:]) for number in sorted(sold)] == list(range(1, len(sold) + 1))
    with org_scope(None), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shard_0001.billing_bill")
        assert cursor.fetchone() == (0,)
