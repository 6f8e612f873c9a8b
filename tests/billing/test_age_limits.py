"""Goods with a minimum age: sold when somebody has looked at the buyer, and the bill knows who did."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Bill, Cart
from billing.operations.carts import add_to_cart
from billing.refusals import AgeCheckRequired
from billing.typed import Typed
from catalog.models import Product
from pantrypal.journal.models import AuditEntry
from tests.api import Api
from tests.shop import NOON, Shop, line


@pytest.fixture
def beer(shop: Shop) -> Product:
    return shop.product("Beer 650 ml", price="160.00", age_limit=21, tracks_stock=False)


@pytest.fixture
def bidi(shop: Shop) -> Product:
    return shop.product("Bidi", price="25.00", age_limit=18, tracks_stock=False)


def put(shop: Shop, *products: Product) -> Cart:
    for product in products:
        touched = add_to_cart(
            Typed(code=""), product=product.pk, register=shop.register, store=shop.store, actor=shop.actor, at=NOON
        )
    return touched.cart


def test_nothing_is_sold_before_somebody_has_looked_at_the_buyer(shop: Shop, beer: Product, bidi: Product) -> None:
    with pytest.raises(AgeCheckRequired) as refused:
        shop.sell(line(beer), line(bidi), line(shop.product(tracks_stock=False)))

    assert refused.value.message == "Please make sure of the buyer's age first: Beer 650 ml (21+), Bidi (18+)."
    assert refused.value.data["age"] == 21
    assert not Bill.objects.exists()


def test_who_is_old_enough_for_one_may_be_too_young_for_the_other(shop: Shop, beer: Product, bidi: Product) -> None:
    assert shop.sell(line(bidi), checked_age=18).bill.total == Decimal("25.00")

    with pytest.raises(AgeCheckRequired, match=r"first: Beer 650 ml \(21\+\)"):
        shop.sell(line(bidi), line(beer), checked_age=18)


def test_the_bill_keeps_who_has_looked_and_when(shop: Shop, beer: Product) -> None:
    bill = shop.sell(line(beer), checked_age=21).bill

    entry = AuditEntry.objects.get(action="bill.age_checked")
    assert (entry.subject_id, entry.actor_label, entry.at) == (str(bill.pk), "Asha Owner", NOON)
    assert entry.data == {"age": 21, "checked": True}


def test_other_goods_are_sold_without_a_question(shop: Shop) -> None:
    shop.sell(line(shop.product(tracks_stock=False)))

    assert not AuditEntry.objects.filter(action="bill.age_checked").exists()


def test_what_was_sold_off_line_is_taken_and_told_as_unchecked(shop: Shop, beer: Product) -> None:
    shop.sell(line(beer), occurred_at=NOON - timedelta(minutes=5))

    assert AuditEntry.objects.get(action="bill.age_checked").data == {"age": 21, "checked": False}


def test_the_api_wants_to_be_told_for_a_quote_and_for_a_bill(shop: Shop, beer: Product) -> None:
    api = Api(shop)
    asked = {"store": "B1", "lines": [{"product": str(beer.pk), "quantity": "1"}]}
    paid = {"register": "A", "payments": [{"method": "cash", "tendered": "200.00"}]}

    for path, body in (("bills/quote", asked), ("bills", asked | paid)):
        status, answer = api.post(path, body)
        assert (status, answer["code"]) == (422, "age_check_required")
        assert "Beer 650 ml (21+)" in answer["detail"]
        assert api.post(path, body | {"age_checked": True})[0] in (200, 201)


def test_the_till_asks_once_a_cart_and_goes_on_to_the_payment(shop: Shop, till: Client, beer: Product) -> None:
    cart = put(shop, beer)
    address = reverse("till-pay", args=[shop.register.pk, cart.pk], urlconf="pantrypal.org_urls")
    address = f"/asha{address}"
    htmx: dict[str, Any] = {"headers": {"HX-Request": "true"}}

    asks = till.get(address, {"method": "upi"}, **htmx)
    assert asks.status_code == 422
    assert "data-asks" in asks.content.decode()
    assert "is this person 21 or older?" in asks.content.decode()
    refused = till.post(address, {"method": "cash", "total": "160.00"}, **htmx)
    assert refused.status_code == 422

    sheet = till.post(address.replace("/pay/", "/age/"), {"age": "21", "method": "upi"}, **htmx)
    assert sheet.status_code == 200
    assert "160.00" in sheet.content.decode()
    assert till.get(address, {"method": "cash"}, **htmx).status_code == 200
    paid = till.post(address, {"method": "cash", "total": "160.00"}, **htmx)
    assert paid.status_code == 200
    assert Bill.objects.get().total == Decimal("160.00")
    assert AuditEntry.objects.get(action="bill.age_checked").data == {"age": 21, "checked": True}
