"""The page at the back door: choose, scan, undo, see the price, post; nothing is lost and nothing comes twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import GoodsReceipt, OpenDelivery, PurchaseOrder, StockLevel, Supplier
from inventory.scanned_goods import GoodsScan, add_up
from pantrypal.core.access import Role
from pantrypal.core.models import User
from pantrypal.tenancy.ids import uuid7
from tests.inventory.purchasing import delivered, goods, receive, sent, supplier
from tests.shop import Shop

PAGE = "/asha/stock/receive/"
MILK = "9520000000011"


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop)


@pytest.fixture
def milk(shop: Shop) -> Any:
    product = shop.product("Milk 1 l")
    shop.barcode(product, MILK)
    return product


@pytest.fixture
def order(shop: Shop, dairy: Supplier, milk: Any) -> PurchaseOrder:
    return sent(shop, dairy, goods(milk, "2", "12", "480.00"))


def begin(till: Client, **values: Any) -> str:
    """The address of the open delivery."""
    address = till.post(f"{PAGE}begin/", values)["Location"]
    assert address != PAGE
    return address


def shown(till: Client, address: str) -> str:
    return till.get(address, follow=True).content.decode()


def step(till: Client, address: str, name: str, **values: Any) -> str:
    """What the page says after the step."""
    return till.post(f"{address}{name}/", values, follow=True).content.decode()


def test_an_order_is_received_by_scanning(shop: Shop, till: Client, order: PurchaseOrder, milk: Any) -> None:
    assert order.number in shown(till, PAGE)
    address = begin(till, order=order.pk)

    page = step(till, address, "scan", code=MILK, quantity="20")
    assert "20 / 24" in page
    step(till, address, "post", delivery_note="D-7", freight="24.00")

    receipt = GoodsReceipt.objects.get()
    assert (receipt.delivery_note, receipt.total, receipt.order) == ("D-7", Decimal("824.00"), order)
    assert shop.on_hand(milk) == 20
    done = shown(till, address)
    assert receipt.number in done
    assert "Milk 1 l: 4" in done
    assert not OpenDelivery.objects.exists()


def test_a_second_tap_on_post_receives_nothing_twice(shop: Shop, till: Client, order: PurchaseOrder, milk: Any) -> None:
    address = begin(till, order=order.pk)
    step(till, address, "scan", code=MILK, quantity="24")

    for _tap in range(2):
        assert "GRB1-" in step(till, address, "post")

    assert shop.on_hand(milk) == 24


def test_another_phone_goes_on_where_the_first_one_stopped(shop: Shop, till: Client, order: PurchaseOrder) -> None:
    address = begin(till, order=order.pk)
    step(till, address, "scan", code=MILK, quantity="7")
    other = Client()
    other.force_login(shop.member(Role.INVENTORY_MANAGER))

    assert begin(other, order=order.pk) == address
    assert "7 / 24" in shown(other, address)
    assert "Go on" in shown(other, PAGE)


def test_the_last_scan_is_undone_and_the_same_comes_again(shop: Shop, till: Client, order: PurchaseOrder) -> None:
    address = begin(till, order=order.pk)
    step(till, address, "scan", code=MILK, quantity="7")
    step(till, address, "scan", code=MILK)

    assert "7 / 24" in step(till, address, "undo")
    assert "0 / 24" in step(till, address, "undo")
    assert "Nothing has been scanned yet." in step(till, address, "undo")


def test_a_case_counts_its_pieces_and_a_2d_code_brings_lot_and_date(shop: Shop, till: Client, dairy: Supplier) -> None:
    curd = shop.product("Curd", tracks_lots=True, cost=Decimal("30"))
    shop.barcode(curd, "9520000000028")
    shop.barcode(curd, "19520000000025", quantity=Decimal(12))
    address = begin(till, supplier=dairy.pk)
    expires_on = shop.store.document_date(timezone.now()) + timedelta(days=20)

    asked = step(till, address, "scan", code="19520000000025")
    assert "Which date is printed on Curd?" in asked
    assert 'name="quantity" value="12.000"' in asked
    step(till, address, "scan", product=curd.pk, quantity="12", expires_on=expires_on.isoformat())
    element_string = f"010952000000002817{expires_on:%y%m%d}10L77"
    step(till, address, "scan", code=element_string, quantity="6")
    step(till, address, "post")

    levels = StockLevel.objects.select_related("lot")
    assert {level.lot.code: (level.lot.expires_on, level.on_hand) for level in levels} == {
        f"{expires_on:%y%m%d}": (expires_on, 12),
        "L77": (expires_on, 6),
    }


def test_a_changed_price_is_asked_about_and_what_was_typed_is_kept(
    shop: Shop, till: Client, dairy: Supplier, milk: Any
) -> None:
    receive(shop, dairy, delivered(milk, "10", "40.00"))
    order = sent(shop, dairy, goods(milk, "10", price="42.50"))
    address = begin(till, order=order.pk)
    page = step(till, address, "scan", product=milk.pk, quantity="10")
    assert "₹42.50 a piece now, ₹40.00 the last time" in page

    asked = step(till, address, "post", delivery_note="D-8", freight="10.00")
    assert "The price has changed" in asked
    assert 'value="D-8"' in asked
    assert 'value="10"' in asked
    assert GoodsReceipt.objects.count() == 1

    step(till, address, "cost", product=milk.pk, cost="40.00")
    step(till, address, "post", delivery_note="D-8", freight="10.00")
    assert GoodsReceipt.objects.get(delivery_note="D-8").lines.get().landed_cost == Decimal("41.0000")


def test_new_prices_are_taken_when_somebody_says_so(shop: Shop, till: Client, dairy: Supplier, milk: Any) -> None:
    receive(shop, dairy, delivered(milk, "10", "40.00"))
    address = begin(till, supplier=dairy.pk, store=shop.store.pk)
    step(till, address, "scan", code=MILK, quantity="2")
    step(till, address, "cost", product=milk.pk, cost="50")

    assert "GRB1-" in step(till, address, "post", accepts_costs="on")

    milk.refresh_from_db()
    assert milk.cost == 50


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"code": "nothing"}, "Nothing goes by “nothing”."),
        ({"code": ""}, "Please scan something, or pick it from the list."),
        ({"code": MILK, "quantity": "-1"}, "Please give a quantity above zero."),
        ({"code": MILK, "quantity": "x"}, "Quantity: Enter a number."),
        ({"product": "019abc00-0000-7000-8000-000000000001"}, "There is no such product."),
    ],
)
def test_what_cannot_be_taken_in_is_said_on_the_page(
    shop: Shop, till: Client, order: PurchaseOrder, values: dict[str, str], sentence: str
) -> None:
    address = begin(till, order=order.pk)

    assert sentence.lower() in step(till, address, "scan", **values).lower()
    assert OpenDelivery.objects.get().scans == []


def test_an_empty_delivery_is_not_posted_and_can_be_forgotten(shop: Shop, till: Client, order: PurchaseOrder) -> None:
    address = begin(till, order=order.pk)

    assert "A receipt has between 1 and 500 lines." in step(till, address, "post")
    assert "Forgotten: nothing has come into stock." in step(till, address, "drop")
    assert not OpenDelivery.objects.exists()


def test_who_may_receive(shop: Shop, other_shop: Shop, client: Client, order: PurchaseOrder) -> None:
    client.force_login(shop.member(Role.CASHIER))
    assert client.get(PAGE).status_code == 403
    client.force_login(User.objects.create_user("stranger@example.com", "secret-password"))
    assert client.get(PAGE).status_code == 404
    client.force_login(other_shop.owner)
    assert client.post("/bala/stock/receive/begin/", {"order": order.pk}).status_code == 404
    assert client.get(f"/bala/stock/receive/{uuid7()}/", follow=True).status_code == 404


def test_scans_of_one_lot_add_up_to_one_line() -> None:
    product, day = uuid7(), date(2026, 3, 9)
    scans = [
        GoodsScan(product, Decimal(6), "A", day),
        GoodsScan(product, Decimal(2)),
        GoodsScan(product, Decimal(1), "A", day),
    ]

    lines = add_up([GoodsScan.read(scan.kept()) for scan in scans], {str(product): "4.50"})

    assert [(line.quantity, line.unit_cost, line.lot and line.lot.code) for line in lines] == [
        (7, Decimal("4.50"), "A"),
        (2, Decimal("4.50"), None),
    ]
