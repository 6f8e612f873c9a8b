"""One click in the list of what expires soon makes the promotion, and the next sale has it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Promotion
from inventory.models import Lot
from inventory.operations.markdowns import mark_down
from inventory.refusals import MarkedDownAlready
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from tests.shop import NOON, Shop, line

PAGE = "/asha/admin/expires-soon/"


def lot_of(shop: Shop, days: int) -> Lot:
    """Ten packs, a lot that ends so many days after today."""
    product = shop.product("Curd 400 g", price="40.00", tracks_lots=True)
    last = shop.store.document_date(timezone.now()) + timedelta(days=days)
    lot = Lot.objects.create(product=product, code="L1", expires_on=last)
    shop.stock(product, "10", lot=lot.pk, cost="20")
    return lot


def test_one_click_makes_the_promotion_and_the_next_bill_has_it(shop: Shop, till: Client) -> None:
    lot = lot_of(shop, 2)
    button = f"{shop.store.pk} {lot.pk}"
    assert f'value="{button}"' in till.get(PAGE).content.decode()

    said = till.post(PAGE, {"do": button}, follow=True).content.decode()

    assert "Curd 400 g is 40 % cheaper in Koramangala" in said
    assert "40 % off until" in said
    promotion = Promotion.objects.get()
    assert (promotion.percent, promotion.stores) == (Decimal(40), [shop.store.pk])
    assert promotion.ends_at is not None
    assert shop.store.document_date(promotion.ends_at - timedelta(seconds=1)) == lot.expires_on
    posted = shop.sell(line(lot.product), at=timezone.now())
    assert posted.bill.total == Decimal("24.00")
    assert "Near its date: Curd 400 g" in posted.lines[0].discount_reasons[0]["text"]


def test_a_second_click_makes_no_second_promotion(shop: Shop, till: Client) -> None:
    lot = lot_of(shop, 2)
    for _ in range(2):
        answer = till.post(PAGE, {"do": f"{shop.store.pk} {lot.pk}"}, follow=True)

    assert "is marked down in this store already" in answer.content.decode()
    assert Promotion.objects.count() == 1
    with pytest.raises(MarkedDownAlready):
        mark_down(lot, 10, store=shop.store, actor=shop.actor, at=timezone.now())


@pytest.mark.parametrize("sent", ["", "x y", "01939f2e-0000-7000-8000-000000000001 x"])
def test_a_button_that_is_gone_does_nothing(shop: Shop, till: Client, sent: str) -> None:
    assert "There is nothing to mark down" in till.post(PAGE, {"do": sent}, follow=True).content.decode()
    assert not Promotion.objects.exists()


def test_what_may_not_be_sold_is_not_marked_down_and_not_by_everybody(shop: Shop, client: Client) -> None:
    lot = lot_of(shop, 2)
    with pytest.raises(Invalid):
        mark_down(Lot.objects.create(product=lot.product, code="L0"), 10, store=shop.store, actor=shop.actor, at=NOON)
    clerk = shop.actor_as(Role.INVENTORY_MANAGER)
    with pytest.raises(Forbidden):
        mark_down(lot, 10, store=shop.store, actor=clerk, at=NOON)
    client.force_login(shop.member(Role.INVENTORY_MANAGER))
    page = client.get(PAGE).content.decode()
    assert "Take 40 % off" in page
    assert f"{shop.store.pk} {lot.pk}" not in page
