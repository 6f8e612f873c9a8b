"""Deliveries: into stock at their landed cost, against the order, in their lots, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Product
from inventory.delivery import Charge
from inventory.models import GoodsReceipt, GoodsReceiptLine, Lot, PurchaseOrder, StockLevel, StockMove, Supplier
from inventory.operations.goods_receipts import receive_goods
from inventory.refusals import CostChanged, LotNotTaken, OrderSettled, ReceiptIdReused
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid, NotFound
from pantrypal.core.money import ZERO, allocate
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.inventory.purchasing import asks, delivered, delivery, goods, receive, sent, supplier
from tests.shop import NOON, Shop
from tests.threads import all_at_once


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop)


def test_a_delivery_raises_stock_and_moves_the_average_cost(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product(cost=Decimal("40"))
    shop.stock(milk, "10", cost="40")

    receipt = receive(shop, dairy, delivered(milk, "5", "46"), accepts_costs=True)

    level = StockLevel.objects.get(product=milk)
    assert (level.on_hand, level.average_cost) == (Decimal("15.000"), Decimal("42.0000"))
    milk.refresh_from_db()
    assert milk.cost == Decimal("46.0000")
    assert (receipt.number, receipt.total) == ("GRB1-25-0000001", Decimal("230.00"))
    move = StockMove.objects.get(kind="receipt")
    assert (move.document_id, move.line_id) == (receipt.pk, receipt.lines.get().pk)
    assert AuditEntry.objects.get(action="goods_receipt.posted").subject_id == str(receipt.pk)
    assert OutboxEvent.objects.get(topic="goods_receipt.posted").payload["receipt"] == str(receipt.pk)


def test_freight_is_spread_by_value_to_the_paisa_and_lands_in_the_cost(shop: Shop, dairy: Supplier) -> None:
    milk, curd, ghee = shop.product(), shop.product("Curd"), shop.product("Ghee")
    lines = [delivered(milk, "3", "33.3333"), delivered(curd, "1", "100"), delivered(ghee, "1", "100")]

    receipt = receive(
        shop, dairy, *lines, charges=[Charge("Freight", Decimal("90.00")), Charge("Loading", Decimal(10))]
    )

    rows = [(line.amount, line.charge, line.landed_cost) for line in receipt.lines.all()]
    assert rows == [
        (Decimal("100.00"), Decimal("33.34"), Decimal("44.4467")),
        (Decimal("100.00"), Decimal("33.33"), Decimal("133.3300")),
        (Decimal("100.00"), Decimal("33.33"), Decimal("133.3300")),
    ]
    assert (receipt.goods_value, receipt.charges_total, receipt.total) == (300, 100, 400)
    assert StockLevel.objects.get(product=milk).average_cost == Decimal("44.4467")


@given(
    total=st.decimals(0, 10_000, places=2),
    amounts=st.lists(st.decimals(0, 10_000, places=2), min_size=1, max_size=30),
)
def test_shares_of_any_charge_add_up_to_it(total: Decimal, amounts: list[Decimal]) -> None:
    shares = allocate(total, amounts, 2)

    assert sum(shares) == total
    assert min(shares) >= 0


def test_a_partial_delivery_leaves_the_rest_awaited_and_the_next_one_settles_the_order(
    shop: Shop, dairy: Supplier
) -> None:
    milk, curd = shop.product(), shop.product("Curd")
    order = sent(shop, dairy, goods(milk, "2", "12", "480.00"), goods(curd, "5", price="30.00"))

    first = receive(shop, dairy, delivered(milk, "20"), order=order)

    order.refresh_from_db()
    assert (order.status, order.ended_at) == ("partial", None)
    line = first.lines.get()
    assert (line.awaited, line.quantity, line.over, line.unit_cost) == (24, 20, 0, Decimal("40.0000"))
    second = receive(shop, dairy, delivered(milk, "6"), delivered(curd, "5"), order=order)
    order.refresh_from_db()
    assert (order.status, order.ended_at) == ("received", NOON)
    assert [(line.awaited, line.over) for line in second.lines.all()] == [(4, 2), (5, 0)]
    assert [line.received for line in order.lines.all()] == [Decimal("26.000"), Decimal("5.000")]
    with pytest.raises(OrderSettled, match="“Received”: nothing is awaited"):
        receive(shop, dairy, delivered(milk, "1"), order=order)


def test_what_was_not_ordered_is_taken_and_noted(shop: Shop, dairy: Supplier) -> None:
    milk, paneer = shop.product(), shop.product("Paneer")
    order = sent(shop, dairy, goods(milk, "1", price="40.00"))

    receipt = receive(shop, dairy, delivered(paneer, "2", "80"), order=order)

    line = receipt.lines.get()
    assert (line.order_line, line.awaited, line.over) == (None, 0, 2)
    assert PurchaseOrder.objects.get().status == "partial"


def test_two_lots_of_one_product_share_what_is_awaited(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product(tracks_lots=True)
    order = sent(shop, dairy, goods(milk, "10", price="40.00"))

    receipt = receive(
        shop,
        dairy,
        delivered(milk, "6", code="A1", expires_on=date(2026, 3, 9), mrp=Decimal("66.00")),
        delivered(milk, "6", expires_on=date(2026, 3, 12)),
        order=order,
    )

    assert [(line.lot.code, line.awaited, line.over) for line in receipt.lines.all()] == [
        ("A1", 10, 0),
        ("260312", 4, 2),
    ]
    lot = Lot.objects.get(code="A1")
    assert (lot.expires_on, lot.mrp) == (date(2026, 3, 9), Decimal("66.00"))
    assert StockLevel.objects.get(lot=lot).on_hand == 6


def test_another_cost_than_the_last_time_is_asked_about_first(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk 1 l")
    receive(shop, dairy, delivered(milk, "10", "40.00"), charges=[Charge("Freight", Decimal(50))])

    with pytest.raises(CostChanged, match="Milk 1 l costs ₹42.50 now, the last time ₹40.00.") as refusal:
        receive(shop, dairy, delivered(milk, "10", "42.50"))

    asked = {"product": str(milk.pk), "name": "Milk 1 l", "last_cost": "40.0000", "unit_cost": "42.50"}
    assert refusal.value.data["lines"] == [asked]
    assert shop.on_hand(milk) == 10
    receive(shop, dairy, delivered(milk, "10", "42.50"), accepts_costs=True)
    receive(shop, dairy, delivered(milk, "10", "42.50"))
    assert shop.on_hand(milk) == 30
    assert GoodsReceiptLine.objects.filter(last_cost=Decimal("40")).count() == 1


def test_a_cost_that_nobody_knows_has_to_be_given(shop: Shop, dairy: Supplier) -> None:
    milk, curd = shop.product("Milk 1 l"), shop.product("Curd")
    asks(shop, dairy, curd, "300.00", "10")

    assert receive(shop, dairy, delivered(curd, "10")).total == 300
    with pytest.raises(Invalid, match="Please give what Milk 1 l costs"):
        receive(shop, dairy, delivered(milk, "1"))


@pytest.mark.parametrize(
    ("values", "printed", "sentence"),
    [
        ({"recalled_at": NOON}, {"code": "A1"}, "Lot A1 of Milk 1 l has been recalled. Please send it back."),
        ({}, {"code": "A1", "expires_on": date(2026, 3, 6)}, "We know lot A1 of Milk 1 l with the date 5 Mar 2026."),
        ({}, {"code": "B2", "expires_on": date(2026, 3, 1)}, "Milk 1 l, lot B2, expired on 1 Mar 2026."),
    ],
)
def test_a_lot_that_must_not_be_sold_does_not_come_in(
    shop: Shop, dairy: Supplier, values: dict[str, object], printed: dict[str, object], sentence: str
) -> None:
    milk = shop.product("Milk 1 l")
    Lot.objects.create(product=milk, code="A1", expires_on=date(2026, 3, 5), **values)

    with pytest.raises(LotNotTaken, match=sentence):
        receive(shop, dairy, delivered(milk, "1", "40", **printed))

    assert not StockMove.objects.exists()


def test_goods_with_lots_do_not_come_in_without_their_date(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk 1 l", tracks_lots=True)

    with pytest.raises(Invalid, match="Milk 1 l has lots: please give the date or lot number printed on it."):
        receive(shop, dairy, delivered(milk, "1", "40"))


@pytest.mark.parametrize(("quantity", "cost"), [("0", "40"), ("-1", "40"), ("1.0001", "40"), ("1", "-1")])
def test_an_unsound_line_is_refused(shop: Shop, dairy: Supplier, quantity: str, cost: str) -> None:
    with pytest.raises(Invalid):
        receive(shop, dairy, delivered(shop.product(), quantity, cost))


@pytest.mark.parametrize(
    "charge", [Charge("", Decimal(1)), Charge("Freight", Decimal(-1)), Charge("X", Decimal("1.005"))]
)
def test_an_unsound_charge_is_refused(shop: Shop, dairy: Supplier, charge: Charge) -> None:
    with pytest.raises(Invalid):
        receive(shop, dairy, delivered(shop.product(), "1", "40"), charges=[charge])


def test_the_same_delivery_handed_in_again_is_posted_once(shop: Shop, dairy: Supplier) -> None:
    milk, pk = shop.product(), uuid7()

    first = receive(shop, dairy, delivered(milk, "5", "40"), id=pk)
    again = receive(shop, dairy, delivered(milk, "5", "40"), id=pk, accepts_costs=True)

    assert (again.pk, again.number) == (first.pk, first.number)
    assert shop.on_hand(milk) == 5
    with pytest.raises(ReceiptIdReused):
        receive(shop, dairy, delivered(milk, "6", "40"), id=pk)


def test_an_order_of_somebody_else_is_not_received(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    order = sent(shop, dairy, goods(milk, "1", price="40.00"))

    with pytest.raises(NotFound):
        receive(shop, supplier(shop, "Amul"), delivered(milk, "1"), order=order)


def test_a_cashier_does_not_receive_and_an_inventory_manager_does(shop: Shop, dairy: Supplier) -> None:
    made = delivery(shop, dairy, delivered(shop.product(), "1", "40"))

    with pytest.raises(Forbidden):
        receive_goods(made, actor=shop.actor_as(Role.CASHIER), at=NOON)
    assert receive_goods(made, actor=shop.actor_as(Role.INVENTORY_MANAGER), at=NOON).total == 40


@pytest.mark.parametrize("table", ["goodsreceipt", "goodsreceiptline"])
def test_a_posted_receipt_cannot_be_rewritten(shop: Shop, dairy: Supplier, table: str) -> None:
    receive(shop, dairy, delivered(shop.product(), "1", "40"))

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM inventory_{table}")


def test_deliveries_at_once_have_no_gap_in_their_numbers_and_lose_no_piece(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        dairy = supplier(shop)
        products = [shop.product(f"Milk {number}", cost=Decimal(40)) for number in range(4)]
        order = sent(shop, dairy, *(goods(product, "24", price="40.00") for product in products))

    def job(turn: int) -> GoodsReceipt:
        turned = products[turn % 4 :] + products[: turn % 4]
        lines = [delivered(product, "2", "40") for product in turned]
        return receive_goods(delivery(shop, dairy, *lines, order=order), actor=shop.actor, at=NOON)

    answers = all_at_once(shop.org.pk, [lambda turn=turn: job(turn) for turn in range(12)], clients=4)

    assert sorted(receipt.number for receipt in answers) == [f"GRB1-25-{number:07}" for number in range(1, 13)]
    with transaction.atomic():
        assert [shop.on_hand(product) for product in products] == [24] * 4
        assert PurchaseOrder.objects.get(pk=order.pk).status == "received"
        assert sum(Product.objects.filter(pk__in=[p.pk for p in products]).values_list("cost", flat=True), ZERO) == 160
