"""The customer's display: it follows one register's cart, and says nothing when nothing has changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from billing.models import Cart
from billing.operations.carts import add_to_cart
from billing.operations.customer_display import on_display
from billing.operations.registers import create_register
from billing.operations.till_sale import pay_cart
from billing.sale import Tender
from billing.typed import Typed
from catalog.models import Product
from pantrypal.core.access import Role
from tests.shop import NOON, Shop, line


def now_of(shop: Shop, query: str = "") -> str:
    return f"/{shop.org.slug}/till/{shop.register.pk}/display/now/{query}"


def put(shop: Shop, product: Product) -> Cart:
    terms = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    return add_to_cart(Typed(""), product=product.pk, **terms).cart


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def test_it_shows_the_cart_of_its_register_and_of_no_other(shop: Shop, till: Client) -> None:
    terms = {"actor": shop.actor, "at": NOON}
    other = create_register(store=shop.store, code="B", name="Counter B", **terms)
    put(shop, shop.product("Toor dal 1 kg", price="168.00"))

    assert "Toor dal 1 kg" in text(till.get(now_of(shop)))
    assert "Toor dal" not in text(till.get(f"/{shop.org.slug}/till/{other.pk}/display/now/"))


def test_nothing_new_is_answered_with_nothing(shop: Shop, till: Client) -> None:
    cart = put(shop, shop.product("Toor dal 1 kg", price="168.00"))
    version = till.get(now_of(shop))["ETag"]
    assert till.get(now_of(shop), headers={"If-None-Match": version}).status_code in (200, 304)  # the minute may end

    before = on_display(shop.register, NOON).version(NOON)
    assert before == on_display(shop.register, NOON).version(NOON)
    put(shop, shop.product("Salt 1 kg", price="24.00"))
    assert on_display(shop.register, NOON).version(NOON) != before
    assert before.startswith(str(cart.pk))


def test_the_code_to_pay_by_is_shown_while_the_cashier_shows_it(shop: Shop, till: Client) -> None:
    shop.store.upi_id = "asha@okbank"
    shop.store.save()
    cart = put(shop, shop.product("Toor dal 1 kg", price="168.00"))
    address = f"/{shop.org.slug}/till/{shop.register.pk}/carts/{cart.pk}/code/"
    assert "Pay Asha with any UPI app" not in text(till.get(now_of(shop)))

    assert till.post(address, {"shown": "yes"}).status_code == 204
    assert "Pay Asha with any UPI app" in text(till.get(now_of(shop)))
    till.post(address, {"shown": ""})
    assert "Pay Asha with any UPI app" not in text(till.get(now_of(shop)))


def test_after_the_payment_it_thanks_for_a_minute(shop: Shop, till: Client) -> None:
    product = shop.product("Toor dal 1 kg", price="168.00")
    shop.stock(product, "5")
    cart, at = put(shop, product), timezone.now()
    terms = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": at}
    pay_cart(cart.pk, (Tender("cash", tendered=Decimal("200")),), expected_total=None, **terms)

    said = text(till.get(now_of(shop)))
    assert "Thank you" in said
    assert "₹32.00" in said
    assert on_display(shop.register, at + timedelta(seconds=61)).paid is None


def test_it_speaks_the_customers_language(shop: Shop, till: Client) -> None:
    put(shop, shop.product("Salt 1 kg", price="24.00", names={"hi": "नमक 1 किलो"}))

    assert "Salt 1 kg" in text(till.get(now_of(shop)))
    assert "नमक 1 किलो" in text(till.get(now_of(shop, "?language=hi")))
    assert "Salt 1 kg" in text(till.get(now_of(shop, "?language=xx")))


def test_who_may_not_sell_sees_no_cart(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.AUDITOR))
    assert client.get(now_of(shop)).status_code == 403
    shop.sell(line(shop.product(tracks_stock=False)))
    assert client.get(now_of(shop)).status_code == 403
