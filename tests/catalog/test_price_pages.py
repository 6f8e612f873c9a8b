"""Prices in the back office and by API: noted ahead, withdrawn, changed by the hundred, looked back at."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.models import Price, PriceList, Product
from catalog.operations.prices import PriceInput, set_price
from tests.api import Api
from tests.shop import NOON, Shop

LIST = "/asha/admin/catalog/price/"
CHANGE = "/asha/admin/catalog/change-prices/"
HISTORY = "/asha/admin/catalog/price-history/"
MORNING = "2026-11-23 04:00:00+00:00"  # half past nine in Kolkata


@pytest.fixture
def milk(shop: Shop) -> Product:
    return shop.product("Milk", price="60.00", mrp=Decimal("66.00"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False):
        yield


def test_a_price_of_a_store_is_noted_by_the_clock_of_the_shop(shop: Shop, till: Client, milk: Product) -> None:
    form = {"product": str(milk.pk), "price": "62.00", "store_id": str(shop.store.pk)}

    answer = till.post(f"{LIST}add/", form | {"valid_from_0": "2026-11-24", "valid_from_1": "08:00"})

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    row = Price.objects.get()
    assert (row.price, row.store_id, row.valid_from) == (
        Decimal("62.00"),
        shop.store.pk,
        datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
    )
    page = till.get(LIST).content.decode()
    assert "₹62.00" in page
    assert "24 Nov 2026, 08:00" in page

    till.post(LIST, {"action": "withdraw", "_selected_action": [row.pk]})
    assert not Price.objects.exists()


def test_a_price_above_mrp_is_refused_in_the_form(shop: Shop, till: Client, milk: Product) -> None:
    answer = till.post(f"{LIST}add/", {"product": str(milk.pk), "price": "66.01"})

    assert (
        answer.context["adminform"].form.errors["price"][0].startswith("The price of 66.01 is above the MRP of 66.00")
    )
    assert not Price.objects.exists()


def test_many_prices_are_looked_at_first_and_changed_then(shop: Shop, till: Client, milk: Product) -> None:
    shop.product("Soap", price="40.00")
    rule = {"percent": "15", "step": "1"}

    looked = till.get(CHANGE, rule).content.decode()
    assert "₹46.00" in looked
    assert "69.00 would be above its MRP of 66.00." in looked
    assert Product.objects.get(name="Soap").price == Decimal("40.00")

    done = till.post(CHANGE, rule, follow=True).content.decode()
    assert "1 price is changed." in done
    assert Product.objects.get(name="Soap").price == Decimal("46.00")


def test_the_history_of_a_price_is_drawn_with_who_and_when(shop: Shop, till: Client, milk: Product) -> None:
    set_price(PriceInput(milk, Decimal("62.00")), org=shop.org, actor=shop.actor, at=NOON)

    page = till.get(HISTORY, {"product": str(milk.pk)}).content.decode()

    assert "<svg" in page
    assert "2 Mar 2026, 12:00" in page
    assert "Asha Owner" in page
    assert till.get(HISTORY, {"product": "nonsense"}).status_code == 404


def test_prices_and_lists_by_api(shop: Shop, milk: Product) -> None:
    api = Api(shop)
    status, diwali = api.post("price-lists", {"name": "Diwali", "stores": ["B1"]})
    assert (status, diwali["stores"]) == (201, ["B1"])
    price: dict[str, Any] = {"product": str(milk.pk), "price": "55.00", "price_list": diwali["id"]}

    status, made = api.post("prices", price)
    assert (status, made["price"], made["noted_by"]) == (201, "55.00", "Web shop"), made
    sale = {"store": "B1", "lines": [{"product": str(milk.pk), "quantity": "1"}]}
    quoted = api.post("bills/quote", sale)[1]["lines"][0]
    assert (quoted["unit_price"], quoted["price_reason"]) == ("55.00", "Price list “Diwali”")
    scanned = api.get(f"scan?store=B1&code={milk.sku}")[1]
    assert (scanned["price"], scanned["price_reason"]) == ("55.00", "Price list “Diwali”")

    status, problem = api.post("prices", price | {"price": "66.01"})
    assert (status, problem["code"]) == (422, "price_above_mrp")
    assert api("DELETE", f"prices/{made['id']}")[0] == 400  # it has begun
    status, ahead = api.post("prices", price | {"valid_from": "2026-12-01T00:00:00Z", "price_list": None})
    assert status == 201
    assert [row["id"] for row in api.get(f"prices?product={milk.pk}")[1]["results"]] == [ahead["id"], made["id"]]
    assert api("DELETE", f"prices/{ahead['id']}")[0] == 204
    assert PriceList.objects.get().name == "Diwali"
    assert api("PATCH", f"price-lists/{diwali['id']}", {"ends_at": "2026-11-23T03:00:00Z"})[0] == 200
    assert api.post("bills/quote", sale)[1]["lines"][0]["unit_price"] == "60.00"
