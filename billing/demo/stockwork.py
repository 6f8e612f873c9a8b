"""What is going on in a demo storeroom right now: counts, transfers and a recall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from inventory.models import Lot, StockCount, StockLevel, StockMove
from inventory.operations.count_posting import post_count
from inventory.operations.recalls import start_recall
from inventory.operations.stock_counts import Scan, open_count, record_scan
from inventory.operations.transfers import Wanted, receive_transfer, request_transfer, send_transfer
from pantrypal.core.actor import Actor
from pantrypal.core.models import Store
from pantrypal.tenancy.ids import uuid7

COUNTED = 12
HOUR = timedelta(hours=1)
RECALL_LETTER = (
    "The maker has called back one lot of this product because some packs were not sealed. Please do not eat it, and "
    "bring it back to us: you get your money back."
)


def keep_stock(stores: Sequence[Store], *, actor: Actor, now: datetime, chance: Random) -> None:
    """In the first store a count that was posted and one that is open; between the first two, goods on their way."""
    here = stores[0]
    _posted_count(here, actor, now - 5 * HOUR, chance)
    _open_count(here, actor, now - HOUR / 2, chance)
    _recall(here, actor, now - 3 * HOUR)
    if len(stores) > 1:
        _transfers(here, stores[1], actor, now, chance)


def _posted_count(store: Store, actor: Actor, at: datetime, chance: Random) -> None:
    count = open_count(StockCount(title="Staples shelf"), store=store, actor=actor, at=at)
    for number, level in enumerate(_levels(store, chance)):
        missing = 1 if number in (2, 7) else 0
        _scan(count, level, level.on_hand - missing, actor, at + number * timedelta(minutes=1))
    post_count(count, accepts_doubtful=True, actor=actor, at=at + HOUR)


def _open_count(store: Store, actor: Actor, at: datetime, chance: Random) -> None:
    count = open_count(StockCount(title="Oil and ghee"), store=store, actor=actor, at=at)
    for number, level in enumerate(_levels(store, chance)[:5]):
        wrong = 6 if number == 3 else 0
        _scan(count, level, max(level.on_hand - wrong, Decimal(0)), actor, at + number * timedelta(minutes=1))


def _levels(store: Store, chance: Random) -> list[StockLevel]:
    """Some lasting goods, of which there are a good many."""
    levels = StockLevel.objects.filter(store_id=store.pk, lot=None, on_hand__gt=8, product__sold_by="each")
    found = list(levels.order_by("product__sku"))
    return chance.sample(found, min(COUNTED, len(found)))


def _scan(count: StockCount, level: StockLevel, quantity: Decimal, actor: Actor, at: datetime) -> None:
    record_scan(count, Scan(uuid7(), level.product_id, quantity, at=at), actor=actor, at=at)


def _recall(store: Store, actor: Actor, at: datetime) -> None:
    """Of the lot that was sold longest ago: some is left of hardly any."""
    sold = StockMove.objects.filter(store_id=store.pk, kind="sale", lot__isnull=False).order_by("id").first()
    if sold is not None:
        lot = Lot.objects.select_related("product").get(pk=str(sold.lot_id))
        reason = "Packs not sealed, says the maker"
        start_recall(lot.product, [lot.code], reason=reason, message=RECALL_LETTER, actor=actor, at=at)


def _transfers(here: Store, there: Store, actor: Actor, now: datetime, chance: Random) -> None:
    """One that has arrived, one on its way, one asked for."""
    for hours, is_sent, is_received in ((26, True, True), (4, True, False), (1, False, False)):
        at = now - hours * HOUR
        wanted = [Wanted(level.product_id, Decimal(4)) for level in _levels(here, chance)[:4]]
        transfer = request_transfer(wanted, source=here, target=there, actor=actor, at=at)
        if is_sent:
            send_transfer(transfer, source=here, actor=actor, at=at + HOUR / 2)
        if is_received:
            receive_transfer(transfer, target=there, actor=actor, at=at + 2 * HOUR)
