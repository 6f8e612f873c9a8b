"""What goods cost: moving average and layers against an oracle, and the value at any past moment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from billing.models import BillLine
from inventory.ledger_check import check_stock
from inventory.models import CostLayer, Lot, StockLevel, StockMove, StockSettings
from inventory.operations.costing import choose_costing
from inventory.operations.stock import Goods, Source, add_stock, issue_stock
from inventory.reports.valuation import stock_value
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.journal.models import AuditEntry
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.inventory.cellar import Shelf, to_four
from tests.shop import NOON, Shop, line

FIFO, AVERAGE = StockSettings.Costing.FIFO, StockSettings.Costing.AVERAGE
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("costing", [AVERAGE, FIFO])
def test_any_sequence_costs_what_an_oracle_says_and_past_values_are_a_replay(shop: Shop, costing: str) -> None:
    choose_costing(costing, actor=shop.actor, at=NOON)
    chance, products = Random(f"cost {costing}"), [shop.product(f"P{i}") for i in range(5)]
    shelves = {product.pk: Shelf(fifo=costing == FIFO) for product in products}
    history = []
    for step in range(160):
        product, at = chance.choice(products), NOON + step * MINUTE
        shelf, source = shelves[product.pk], Source("test", uuid7(), "test", at)
        quantity = Decimal(chance.randrange(1, 20_000)) / 1000
        if chance.random() < 0.45:
            cost = Decimal(chance.randrange(1, 900_000)) / 10_000
            goods = [Goods(product.pk, quantity, None, cost)]
            add_stock(goods, store=shop.store.pk, kind=StockMove.Kind.RECEIPT, source=source)
            shelf.bring(quantity, cost)
        else:
            goods = [Goods(product.pk, quantity)]
            taken = issue_stock(
                goods, store=shop.store.pk, kind=StockMove.Kind.SALE, source=source, on=NOON.date(), oversell=True
            )
            assert sum(part["quantity"] * part["unit_cost"] for part in taken) == shelf.take(quantity)
        level = StockLevel.objects.get(product=product)
        assert (level.on_hand, level.average_cost) == (shelf.on_hand, shelf.average), step
        history.append((at, {pk: (shelf.on_hand, shelf.value) for pk, shelf in shelves.items()}))

    for at, then in [*chance.sample(history, 10), history[-1]]:
        held = {one.product: (one.quantity, one.value) for one in stock_value(at + MINUTE / 2, stores=None)}
        assert held == {pk: figures for pk, figures in then.items() if figures != (0, 0)}
    assert list(check_stock()) == []
    for shelf in shelves.values():
        assert to_four(shelf.value) == pytest.approx(to_four(shelf.on_hand * shelf.average), abs=Decimal("0.05"))


def test_a_bill_line_carries_the_cost_of_the_lots_that_were_taken(shop: Shop) -> None:
    milk = shop.product(cost=Decimal("99.0000"))
    for code, expires_on, cost in (("OLD", "2026-03-05", "40"), ("NEW", "2026-03-09", "46.5")):
        lot = Lot.objects.create(product=milk, code=code, expires_on=expires_on)
        shop.stock(milk, "2", lot=lot.pk, cost=cost)

    shop.sell(line(milk, "3"))

    assert BillLine.objects.get().cost == Decimal("126.5000")


def test_a_bill_line_carries_the_cost_of_the_oldest_layers(shop: Shop) -> None:
    choose_costing(FIFO, actor=shop.actor, at=NOON)
    milk = shop.product()
    shop.stock(milk, "2", cost="40")
    shop.stock(milk, "5", cost="50")

    shop.sell(line(milk, "1"), line(milk, "3"))

    assert list(BillLine.objects.values_list("cost", flat=True)) == [Decimal("40.0000"), Decimal("140.0000")]
    assert list(CostLayer.objects.values_list("quantity", "unit_cost")) == [(Decimal("3.000"), Decimal("50.0000"))]
    assert StockLevel.objects.get().average_cost == Decimal("50.0000")


def test_goods_sold_below_zero_take_their_true_cost_when_it_comes(shop: Shop) -> None:
    shop.store.stock_policy = "allow"
    milk = shop.product(cost=Decimal("40.0000"))
    shop.sell(line(milk, "2"))

    shop.stock(milk, "5", cost="46")

    (held,) = stock_value(NOON, stores=None)
    assert (held.quantity, held.value) == (Decimal("3.000"), Decimal("138.0000"))
    corrected = StockMove.objects.filter(kind="revaluation").values_list("quantity", "unit_cost")
    assert sorted(corrected) == [(Decimal("-2.000"), Decimal("46.0000")), (Decimal("2.000"), Decimal("40.0000"))]
    assert list(check_stock()) == []


def test_changing_the_way_of_valuing_keeps_the_value_that_is_there(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "2", cost="40")
    shop.stock(milk, "2", cost="50")

    choose_costing(FIFO, actor=shop.actor, at=NOON)
    shop.stock(milk, "4", cost="60")
    shop.sell(line(milk, "4"))
    choose_costing(AVERAGE, actor=shop.actor, at=NOON)
    shop.sell(line(milk, "1"))

    assert list(BillLine.objects.order_by("id").values_list("cost", flat=True)) == [180, 60]
    assert not CostLayer.objects.exists()
    assert AuditEntry.objects.filter(action="stock.costing_changed").count() == 2


def test_only_who_keeps_the_organization_changes_how_it_values(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        choose_costing(FIFO, actor=shop.actor_as(Role.STORE_MANAGER), at=NOON)


def test_stock_value_through_the_api_as_json_and_csv(shop: Shop) -> None:
    api, milk = Api(shop), shop.product("=Milk", sku="MILK")
    shop.stock(milk, "3", cost="40.3333")

    status, answer = api.get("reports/stock-value?at=2026-03-02T06:30:00Z&store=B1")

    row = {"store": "B1", "product": str(milk.pk), "sku": "MILK", "name": "=Milk", "category": ""}
    assert status == 200, answer
    assert answer["results"] == [row | {"quantity": "3.000", "value": "121.00"}]
    assert answer["value"] == "121.00"
    assert api.get("reports/stock-value?at=2026-03-02T06:29:59Z")[1]["results"] == []
    sheet = api.get("reports/stock-value?at=2026-03-02T06:30:00Z&format=csv")[1].decode()
    assert sheet.splitlines() == [
        "store,product,sku,name,category,quantity,value",
        f"B1,{milk.pk},MILK,'=Milk,,3.000,121.00",
    ]
    assert api.get("reports/stock-value?at=yesterday")[0] == 400
    assert api.get("reports/stock-value?store=ZZ")[0] == 404
