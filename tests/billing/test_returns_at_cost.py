"""Goods that were sold from several layers of cost come back at the costs they went out at."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from billing.operations.returns import take_goods_back
from billing.return_request import ReturnLine, ReturnRequest
from inventory.ledger_check import check_stock
from inventory.models import StockMove, StockSettings
from inventory.operations.costing import choose_costing
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line


def test_parts_of_a_line_come_back_one_after_the_other_at_their_own_cost(shop: Shop) -> None:
    choose_costing(StockSettings.Costing.FIFO, actor=shop.actor, at=NOON)
    milk = shop.product()
    shop.stock(milk, "1", cost="40")
    shop.stock(milk, "3", cost="50")
    sold = shop.sell(line(milk, "3"))

    for quantity in ("2", "1"):
        asked = ReturnLine(sold.lines[0].pk, Decimal(quantity))
        request = ReturnRequest(uuid7(), sold.bill, shop.store, shop.register, "sour", (asked,))
        with transaction.atomic():
            take_goods_back(request, actor=shop.actor, at=NOON)

    back = StockMove.objects.filter(kind="return").order_by("id").values_list("quantity", "unit_cost")
    assert sum(quantity for quantity, _cost in back) == 3
    assert sum(quantity * cost for quantity, cost in back) == 140
    assert shop.on_hand(milk) == Decimal("4.000")
    assert list(check_stock()) == []
