"""Carts that were put aside and never fetched: kept for the days that the owner has said, and dropped then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from billing.models import Cart, TillRules
from billing.operations.carts import add_to_cart
from billing.operations.held_carts import drop_expired_carts, hold_cart, resume_cart
from billing.operations.rules import save_rules
from billing.queries import held_carts
from billing.refusals import CartGone
from billing.tasks import drop_expired
from billing.typed import Typed
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.shop import NOON, Shop

DAY = timedelta(days=1)


@pytest.fixture
def held(shop: Shop) -> Cart:
    milk = shop.product("Milk", price="28.00", tracks_stock=False)
    values = {"store": shop.store, "actor": shop.actor, "at": NOON}
    cart = add_to_cart(Typed("", None), product=milk.pk, register=shop.register, **values).cart
    return hold_cart(cart.pk, name="Blue shirt", **values)


def test_a_held_cart_is_kept_for_a_week_and_then_dropped(shop: Shop, held: Cart) -> None:
    assert held.expires_at == NOON + 7 * DAY

    assert drop_expired_carts(at=NOON + 7 * DAY - timedelta(seconds=1)) == []
    assert drop_expired_carts(at=NOON + 7 * DAY) == [held]
    assert drop_expired_carts(at=NOON + 8 * DAY) == []

    held.refresh_from_db()
    assert held.state == "dropped"
    assert list(held_carts(shop.store)) == []
    entry = AuditEntry.objects.get(action="cart.expired")
    assert (entry.actor_kind, entry.data["name"], entry.data["lines"]) == ("system", "Blue shirt", 1)
    assert OutboxEvent.objects.get(topic="cart.expired").payload["cart"] == str(held.pk)
    with pytest.raises(CartGone):
        resume_cart(held.pk, register=shop.register, store=shop.store, actor=shop.actor, at=NOON)


def test_the_owner_says_how_many_days(shop: Shop, held: Cart) -> None:
    values = {"register": shop.register, "store": shop.store, "actor": shop.actor}
    rules = save_rules(TillRules(held_cart_days=1), actor=shop.actor, at=NOON)
    resume_cart(held.pk, at=NOON + DAY, **values)
    held.refresh_from_db()
    assert held.expires_at is None

    again = hold_cart(held.pk, name="", store=shop.store, actor=shop.actor, at=NOON + DAY)

    assert again.expires_at == NOON + 2 * DAY
    rules.held_cart_days = 0
    with pytest.raises(Invalid, match="greater than or equal to 1"):
        save_rules(rules, actor=shop.actor, at=NOON)


def test_an_organization_has_one_set_of_rules(shop: Shop) -> None:
    save_rules(TillRules(), actor=shop.actor, at=NOON)

    with pytest.raises(Invalid, match="There is one already."):
        save_rules(TillRules(), actor=shop.actor, at=NOON)


def test_the_beat_drops_what_is_past_its_days(shop: Shop, held: Cart) -> None:
    Cart.objects.filter(pk=held.pk).update(expires_at=NOON - DAY)

    drop_expired()

    held.refresh_from_db()
    assert held.state == "dropped"


def test_till_and_api_say_until_when_it_is_kept(shop: Shop, till: Client, held: Cart) -> None:
    page = till.get(f"/asha/till/{shop.register.pk}/held/").content.decode()
    (row,) = Api(shop).get("carts")[1]["results"]

    assert "kept until" in page
    assert "March 9" in page or "9 Mar" in page
    assert row["expires_at"] == "2026-03-09T06:30:00Z"
