"""Sales, returns, deliveries, transfers and a count, all at once: books, levels and shelves agree in the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Sum

from billing.models import Bill
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.refusals import InsufficientStock
from inventory.ledger_check import check_stock
from inventory.models import StockCount, StockCountLine, StockLevel, StockMove, Transfer
from inventory.operations.stock_counts import open_count
from inventory.reports.valuation import stock_value
from pantrypal.core.errors import DomainError
from pantrypal.core.money import ZERO
from pantrypal.core.operations.organizations import create_store
from tests.inventory.purchasing import supplier
from tests.inventory.simulated_day import Day
from tests.shop import NOON, Shop
from tests.threads import all_at_once

TILLS = (3, 3, 2)  # of each store
SALES_A_TILL = 14


def test_three_shops_trade_move_and_count_at_once_and_all_books_agree(committed_shop: Shop) -> None:
    shop, chance = committed_shop, Random(3)
    with transaction.atomic():
        day, tills = _opened(shop)
        count = open_count(StockCount(), store=day.stores[0], actor=shop.actor, at=day.shelves.now())
    stolen = day.products[3]
    with day.shelves.change:  # somebody has taken two, and no book knows
        day.shelves.shelf[day.stores[0].pk, stolen] -= 2

    answers = all_at_once(shop.org.pk, _jobs(day, tills, count, chance), clients=12)

    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert {type(refusal) for refusal in refused} == {InsufficientStock}
    assert len(refused) == len(tills)  # the hoarders, and nobody else
    with transaction.atomic():
        _require_agreement(day)
        _require_past_values(day, chance)
        counted = StockCountLine.objects.filter(count=count)
        assert counted.count() == len(day.products)
        assert {line.product_id: line.variance for line in counted if line.variance} == {stolen: -2}
        assert Bill.objects.count() > len(tills) * SALES_A_TILL // 2
        assert Transfer.objects.filter(status="received").count() > 4
        kinds = {"sale", "return", "receipt", "supplier_return", "damage", "transfer_in", "transfer_out", "count"}
        assert kinds <= set(StockMove.objects.values_list("kind", flat=True))


def _opened(shop: Shop) -> tuple[Day, list[Any]]:
    names = (("S2", "Indiranagar"), ("S3", "Jayanagar"))
    stores = [shop.store] + [
        create_store(actor=shop.actor, at=NOON, code=code, name=name, rounding_step=ZERO) for code, name in names
    ]
    day = Day(shop, stores, [shop.product(f"Good {number}").pk for number in range(12)], supplier(shop))
    tills = []
    for store, many in zip(stores, TILLS, strict=True):
        day.open(store, 60)
        for number in range(many):
            register = create_register(store=store, code=f"R{number}", name="Till", actor=shop.actor, at=NOON)
            open_shift(register=register, store=store, opening_float=ZERO, actor=shop.actor, at=NOON)
            tills.append((register, store))
    return day, tills


def _jobs(day: Day, tills: list[Any], count: StockCount, chance: Random) -> list[Callable[[], Any]]:
    """Dealt out to the clients in turn, so that everything goes on at the same time; the posting comes amid sales."""
    selling = [day.sale(register, store, chance) for register, store in tills for _ in range(SALES_A_TILL)]
    others: list[Callable[[], Any]] = [day.hoarder(register, store) for register, store in tills]
    others += [day.customer_brings_back] * 12
    others += [day.delivery(store, chance) for store in day.stores for _ in range(4)]
    others += [day.goes_back_to_the_supplier(store, chance) for store in day.stores for _ in range(2)]
    others += [day.falls_down(store, chance) for store in day.stores for _ in range(2)]
    here = [*day.stores, day.stores[0]]
    ways = [day.transfer(one, two, chance) for one, two in pairwise(here) for _ in range(3)]
    sending, receiving = ([way[step] for way in ways] for step in (0, 1))
    looks = [day.look(count, day.stores[0], product) for product in day.products]
    chance.shuffle(selling)
    chance.shuffle(others)
    half, middle = len(selling) // 2, len(others) // 2
    morning = _mixed(selling[:half], _mixed(others[:middle] + looks, sending))
    evening = _mixed(selling[half:], _mixed(others[middle:], receiving))
    return [*morning, day.post(count), *evening]


def _mixed(one: list[Any], two: list[Any]) -> list[Any]:
    """Both in their own order, evenly."""
    placed = [(place / len(jobs), job) for jobs in (one, two) for place, job in enumerate(jobs)]
    return [job for _place, job in sorted(placed, key=lambda pair: pair[0])]


def _require_agreement(day: Day) -> None:
    levels = {(store, product): quantity for store, product, quantity in _sums(StockLevel, "on_hand")}
    assert levels == {(store, product): quantity for store, product, quantity in _sums(StockMove, "quantity")}
    assert levels == {place: day.shelves.shelf[place] for place in levels}
    assert not StockLevel.objects.filter(on_hand__lt=0).exists()
    assert list(check_stock()) == []


def _require_past_values(day: Day, chance: Random) -> None:
    """Quantity and value at ten moments of the day are those of the ledger, read move by move."""
    moves = list(StockMove.objects.values_list("at", "store_id", "product", "quantity", "unit_cost"))
    first, last = min(moves)[0], max(moves)[0]
    for moment in (first + (last - first) * chance.random() for _ in range(10)):
        replayed: defaultdict[Any, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for at, store, product, quantity, cost in moves:
            if at <= moment:
                replayed[store, product][0] += quantity
                replayed[store, product][1] += quantity * cost
        held = {(one.store_id, one.product): [one.quantity, one.value] for one in stock_value(moment, stores=None)}
        assert held == {place: figures for place, figures in replayed.items() if figures != [0, 0]}


def _sums(model: Any, field: str) -> Any:
    return (
        model.objects.values("store_id", "product").annotate(sum=Sum(field)).values_list("store_id", "product", "sum")
    )
