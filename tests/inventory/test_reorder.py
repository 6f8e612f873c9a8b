"""What to order: the arithmetic, the one statement behind it, and drafts with one click."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from inventory.models import Lot, PurchaseOrder, ReorderRule, StockMove, Supplier
from inventory.operations.reorder import draft_orders, make_rules, save_rule
from inventory.operations.stock import Goods, Source, add_stock
from inventory.operations.transfers import Wanted, request_transfer, send_transfer
from inventory.queries.needs import needs_of, suggestions
from inventory.reorder import Need
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.operations.organizations import create_store
from pantrypal.tenancy.ids import uuid7
from tests.inventory.purchasing import asks, draft, goods, sent, supplier
from tests.shop import NOON, Shop, line

PAGE = "/asha/admin/inventory/what-to-order/"
Quantities = st.decimals(0, 1000, places=3)


def need(**values: Any) -> Need:
    given: dict[str, Any] = {"product": uuid7(), "name": "Milk", "sku": "M", "unit": "pc", "supplier": uuid7()}
    given |= {"supplier_name": "Dairy", "lead_days": 4, "in_transit": Decimal(0)}
    figures = {"reorder_point": "30", "target": "60", "pack": "12", "on_hand": "12", "on_order": "24", "sold": "42"}
    return Need(**given | {name: Decimal(values.get(name, value)) for name, value in figures.items()})


def test_the_arithmetic_leads_from_the_shelf_to_whole_packs() -> None:
    milk = need()

    assert (milk.per_day, milk.then, milk.packs, milk.quantity) == (Decimal("1.50"), 30, 3, 36)
    assert milk.arithmetic == (
        "12 on hand + 24 on order + 0 in transit − 1.5 a day × 4 days = 30 when it comes; reorder point 30. "
        "Target 60: 30 missing = 3 packs of 12."
    )
    assert need(on_hand="13").packs == 0


@given(on_hand=st.decimals(-100, 1000, places=3), on_order=Quantities, sold=Quantities, pack=st.integers(1, 48))
def test_an_order_fills_up_to_the_target_and_never_a_pack_beyond(
    on_hand: Decimal, on_order: Decimal, sold: Decimal, pack: int
) -> None:
    some = need(on_hand=on_hand, on_order=on_order, sold=sold, pack=pack)

    if some.is_due:
        assert some.target <= some.then + some.quantity < some.target + pack
    else:
        assert some.packs == 0


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop, lead_days=2)


def rule(shop: Shop, product, point: str = "10", target: str = "40", pack: str = "12", **values: Any) -> ReorderRule:
    row = ReorderRule(store_id=shop.store.pk, product=product, **values)
    row.reorder_point, row.target, row.pack = Decimal(point), Decimal(target), Decimal(pack)
    return save_rule(row, actor=shop.actor, at=NOON)


def test_a_need_knows_stock_orders_and_sales(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk 1 l")
    asks(shop, dairy, milk, "480.00", "12")
    rule(shop, milk)
    gone = Lot.objects.create(product=milk, code="OLD", expires_on=date(2026, 3, 1))
    stopped = Lot.objects.create(product=milk, code="BAD", recalled_at=NOON)
    for lot, quantity in ((None, "34"), (gone, "5"), (stopped, "7")):
        shop.stock(milk, quantity, lot=lot and lot.pk)
    shop.sell(line(milk, "28"))
    shop.sell(line(milk, "1"), at=NOON - timedelta(days=29))
    draft(shop, dairy, goods(milk, "1"))
    sent(shop, dairy, goods(milk, "1"))

    [milk_need] = needs_of(shop.store, at=NOON)

    assert (milk_need.on_hand, milk_need.on_order, milk_need.sold) == (6, 24, 28)
    assert (milk_need.supplier, milk_need.lead_days, milk_need.then) == (dairy.pk, 2, 28)
    assert not suggestions(shop.store, at=NOON)


def test_what_is_on_its_way_from_another_store_counts(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk 1 l")
    rule(shop, milk)
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    source = Source("test", uuid7(), "test", NOON)
    goods_there = [Goods(milk.pk, Decimal(9), None, Decimal(40))]
    add_stock(goods_there, store=other.pk, kind=StockMove.Kind.OPENING, source=source)
    by = {"actor": shop.actor, "at": NOON}
    asked = request_transfer([Wanted(milk.pk, Decimal(9))], source=other, target=shop.store, **by)
    send_transfer(asked, source=other, **by)

    [milk_need] = needs_of(shop.store, at=NOON)

    assert (milk_need.on_hand, milk_need.in_transit, milk_need.packs) == (0, 9, 3)


def test_one_click_drafts_an_order_for_each_supplier_and_the_next_one_nothing(shop: Shop, dairy: Supplier) -> None:
    milk, curd, soap, loose = (shop.product(name) for name in ("Milk", "Curd", "Soap", "Loose"))
    unilever = supplier(shop, "Unilever")
    for product in (milk, curd):
        asks(shop, dairy, product, "480.00", "12")
    for product in (milk, curd, loose):
        rule(shop, product)
    rule(shop, soap, pack="6", supplier=unilever)

    orders = draft_orders(shop.store, actor=shop.actor, at=NOON)

    assert {order.supplier.name: [(x.product.name, x.packs) for x in order.lines.all()] for order in orders} == {
        "Nandini Dairy": [("Curd", 4), ("Milk", 4)],
        "Unilever": [("Soap", 7)],
    }
    assert [some.name for some in suggestions(shop.store, at=NOON)] == ["Loose"]
    with pytest.raises(Invalid):
        draft_orders(shop.store, actor=shop.actor, at=NOON)


def test_rules_are_made_from_what_sells(shop: Shop, dairy: Supplier) -> None:
    milk, idle = shop.product(), shop.product("Candle")
    for product in (milk, idle):
        asks(shop, dairy, product, "480.00", "12")
        shop.stock(product, "100")
    shop.sell(line(milk, "42"))

    assert make_rules(shop.store, actor=shop.actor, at=NOON) == 1
    assert make_rules(shop.store, actor=shop.actor, at=NOON) == 0

    made = ReorderRule.objects.get()
    assert (made.product, made.reorder_point, made.target, made.pack) == (milk, 3, 24, 12)


def test_a_rule_whose_target_is_below_its_point_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid, match="The target lies above the reorder point."):
        rule(shop, shop.product(), "10", "10")


def test_an_auditor_looks_and_does_not_order(shop: Shop, dairy: Supplier, client: Client) -> None:
    with pytest.raises(Forbidden):
        draft_orders(shop.store, actor=shop.actor_as(Role.AUDITOR), at=NOON)
    client.force_login(shop.member(Role.AUDITOR))
    assert client.get(PAGE).status_code == 403


def test_the_page_shows_the_arithmetic_and_orders_what_is_ticked(shop: Shop, till: Client, dairy: Supplier) -> None:
    assert "No product of this store has a reorder rule yet." in till.get(PAGE).content.decode()
    milk, curd = shop.product("Milk"), shop.product("Curd")
    for product in (milk, curd):
        asks(shop, dairy, product, "480.00", "12")
        rule(shop, product)

    page = till.get(PAGE).content.decode()
    assert "Target 40: 40 missing = 4 packs of 12." in page
    chosen = {"store": shop.store.pk, "product": [milk.pk], f"packs-{milk.pk}": "2", f"packs-{curd.pk}": "4"}
    answer = till.post(PAGE, chosen | {"draft": ""}, follow=True)

    assert "1 order is drafted." in answer.content.decode()
    order = PurchaseOrder.objects.get()
    assert [(x.product, x.packs, x.pack_price) for x in order.lines.all()] == [(milk, 2, Decimal("480.00"))]
    nothing = till.post(PAGE, {"store": shop.store.pk, "product": [curd.pk], f"packs-{curd.pk}": "x"}, follow=True)
    assert "Nothing that is due has been chosen." in nothing.content.decode()
    assert PurchaseOrder.objects.count() == 1


def test_the_page_makes_rules(shop: Shop, till: Client, dairy: Supplier) -> None:
    milk = shop.product()
    asks(shop, dairy, milk, "480.00", "12")
    shop.stock(milk, "100")
    shop.sell(line(milk, "42"), at=timezone.now())

    answer = till.post(PAGE, {"store": shop.store.pk, "make_rules": ""}, follow=True)

    assert "1 rule is made." in answer.content.decode()
