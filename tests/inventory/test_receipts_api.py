"""Goods receipts and supplier returns for integrators."""

from __future__ import annotations

from decimal import Decimal

from django.test import Client

from tests.api import Api
from tests.inventory.purchasing import delivered, goods, receive, sent, supplier
from tests.shop import Shop


def test_an_integrator_receives_an_order_in_its_lots(shop: Shop) -> None:
    api, dairy, milk = Api(shop), supplier(shop), shop.product(tracks_lots=True)
    order = sent(shop, dairy, goods(milk, "2", "12", "480.00"))
    pk = "019abc00-0000-7000-8000-000000000001"
    body = {
        "id": pk,
        "store": "B1",
        "order": str(order.pk),
        "charges": [{"name": "Freight", "amount": "24.00"}],
        "lines": [{"product": str(milk.pk), "quantity": "24", "lot": {"code": "L7", "expires_on": "2027-03-12"}}],
    }

    status, made = api.post("goods-receipts", body)

    assert status == 201, made
    assert (made["id"], made["total"], made["supplier"]) == (pk, "984.00", str(dairy.pk))
    [line] = made["lines"]
    assert (line["lot"], line["awaited"], line["over"], line["landed_cost"]) == ("L7", "24.000", "0.000", "41.0000")
    assert api.post("goods-receipts", body)[0] == 200
    assert api.get(f"goods-receipts?order={order.pk}")[1]["results"][0]["id"] == pk
    assert api.get(f"purchase-orders/{order.pk}")[1]["status"] == "received"
    assert api.post("goods-receipts", body | {"delivery_note": "7"})[1]["code"] == "receipt_id_reused"


def test_another_cost_is_taken_only_when_accepted(shop: Shop) -> None:
    api, dairy, milk = Api(shop), supplier(shop), shop.product(cost=Decimal(40))
    line = {"product": str(milk.pk), "quantity": "1", "unit_cost": "50.00"}
    body = {"store": "B1", "supplier": str(dairy.pk), "lines": [line]}

    status, problem = api.post("goods-receipts", body)

    assert (status, problem["code"], problem["lines"][0]["last_cost"]) == (409, "cost_changed", "40.0000")
    assert api.post("goods-receipts", body | {"accept_costs": True})[0] == 201
    assert api.post("goods-receipts", {"store": "B1", "lines": [line]})[1]["errors"].keys() == {"supplier"}


def test_an_integrator_sends_goods_back(shop: Shop) -> None:
    api, dairy, milk = Api(shop), supplier(shop), shop.product()
    receipt = receive(shop, dairy, delivered(milk, "10", "40"))
    body = {"store": "B1", "supplier": str(dairy.pk), "receipt": str(receipt.pk), "reason": "Leaking"}
    body |= {"lines": [{"product": str(milk.pk), "quantity": "4"}]}

    status, note = api.post("supplier-returns", body)

    assert (status, note["total"], note["lines"][0]["unit_cost"]) == (201, "160.00", "40.0000")
    assert api.get("supplier-returns")[1]["results"] == [note]
    assert api.post("supplier-returns", body | {"lines": [{"product": str(milk.pk), "quantity": "7"}]})[0] == 409


def test_a_posted_receipt_is_read_in_the_back_office(shop: Shop, till: Client) -> None:
    dairy, milk = supplier(shop), shop.product("Toned milk")
    receipt = receive(shop, dairy, delivered(milk, "10", "40.00"))

    listed = till.get("/asha/admin/inventory/goodsreceipt/").content.decode()
    page = till.get(f"/asha/admin/inventory/goodsreceipt/{receipt.pk}/change/").content.decode()

    assert receipt.number in listed
    assert "₹400.00" in page
    assert "Toned milk" in page
    assert 'name="lines-0-quantity"' not in page
