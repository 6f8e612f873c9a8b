from __future__ import annotations

from decimal import Decimal

import pytest

from billing.models import Cart
from billing.operations.held_carts import resume_cart
from billing.operations.shown_cart import shown_cart
from tests.api import Api
from tests.shop import NOON, Shop


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


def order(shop: Shop) -> dict[str, object]:
    milk = shop.product("Milk 500 ml", price="28.00", rate="0", sku="MILK")
    lines = [{"barcode": "MILK", "quantity": "2"}, {"product": str(milk.pk), "quantity": "1"}]
    return {"store": "B1", "register": "A", "name": "Order 17", "lines": lines}


def test_an_order_from_elsewhere_waits_for_the_till(shop: Shop, api: Api) -> None:
    status, cart = api.post("carts", order(shop))

    assert status == 201
    assert (cart["name"], cart["store"], cart["register"], cart["held_by"]) == ("Order 17", "B1", "A", "Web shop")
    assert [(line["barcode"], line["quantity"]) for line in cart["lines"]] == [("MILK", "2"), ("", "1")]
    assert [held["id"] for held in api.get("carts?store=B1")[1]["results"]] == [cart["id"]]
    resume_cart(Cart.objects.get().pk, register=shop.register, store=shop.store, actor=shop.actor, at=NOON)
    assert shown_cart(shop.register, shop.store, NOON).total == Decimal("84.00")
    assert api.get(f"carts/{cart['id']}")[0] == 404


def test_a_held_cart_is_dropped(shop: Shop, api: Api) -> None:
    cart = api.post("carts", order(shop))[1]

    assert api("DELETE", f"carts/{cart['id']}")[0] == 204
    assert api.get("carts")[1]["results"] == []


def test_an_order_of_nothing_that_is_sold_is_refused(shop: Shop, api: Api) -> None:
    status, problem = api.post("carts", order(shop) | {"lines": [{"barcode": "NOPE", "quantity": "1"}]})

    assert (status, problem["code"]) == (404, "unknown_product")
    assert not Cart.objects.exists()


def test_a_key_that_may_only_read_holds_nothing(shop: Shop) -> None:
    reader = Api(shop, ["billing:read"])

    assert reader.get("carts")[0] == 200
    assert reader.post("carts", order(shop))[0] == 403


def test_a_receipt_is_a_page_of_its_own(shop: Shop, api: Api) -> None:
    milk = shop.product("Milk <b>500</b> ml", price="28.00", rate="0", sku="M")
    shop.stock(milk, "5")
    bill = api.post(
        "bills",
        {
            "store": "B1",
            "register": "A",
            "lines": [{"barcode": "M", "quantity": "1"}],
            "payments": [{"method": "cash"}],
        },
    )[1]

    answer = api.raw("GET", f"bills/{bill['id']}/receipt")

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert bill["number"] in answer.content.decode()
    assert "Milk &lt;b&gt;500&lt;/b&gt; ml" in answer.content.decode()
