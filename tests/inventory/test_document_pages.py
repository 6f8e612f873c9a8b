"""Transfers and counts in the back office."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import Product
from inventory.models import StockCount, Transfer
from inventory.operations.stock_counts import Scan, record_scan
from pantrypal.core.models import Store
from pantrypal.core.operations.organizations import create_store
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop

ADMIN = "/asha/admin/inventory/"


@pytest.fixture
def other(shop: Shop) -> Store:
    return create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 1 l")
    shop.stock(product, "10", cost="41.50")
    return product


def test_a_transfer_is_asked_for_sent_and_received(shop: Shop, till: Client, other: Store, milk: Product) -> None:
    values = {"store_id": shop.store.pk, "to_store_id": other.pk, "note": "", "lines-TOTAL_FORMS": 1}
    values |= {"lines-INITIAL_FORMS": 0, "lines-0-product": milk.pk, "lines-0-quantity": "4"}

    answer = till.post(f"{ADMIN}transfer/add/", values)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    transfer = Transfer.objects.get()
    chosen = {"_selected_action": [transfer.pk]}
    till.post(f"{ADMIN}transfer/", {"action": "send"} | chosen)
    page = till.get(f"{ADMIN}transfer/").content.decode()
    assert "On its way" in page
    assert "Indiranagar" in page
    assert "₹166.00" in page
    assert "₹41.50" in till.get(f"{ADMIN}transfer/{transfer.pk}/change/").content.decode()
    till.post(f"{ADMIN}transfer/", {"action": "receive"} | chosen)
    transfer.refresh_from_db()
    assert transfer.status == "received"
    again = till.post(f"{ADMIN}transfer/", {"action": "send"} | chosen, follow=True)
    assert "it is “Received”" in again.content.decode()


def test_more_than_is_there_cannot_be_sent(shop: Shop, till: Client, other: Store, milk: Product) -> None:
    values = {"store_id": shop.store.pk, "to_store_id": shop.store.pk, "lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0}

    answer = till.post(f"{ADMIN}transfer/add/", values | {"lines-0-product": milk.pk, "lines-0-quantity": "4"})

    assert "Please choose two different stores." in answer.content.decode()
    assert not Transfer.objects.exists()


def test_a_count_is_begun_judged_and_posted(shop: Shop, till: Client, milk: Product) -> None:
    values = {"store_id": shop.store.pk, "title": "Dairy", "scope": "cycle", "category": ""}
    answer = till.post(f"{ADMIN}stockcount/add/", values)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    count = StockCount.objects.get()
    page = f"/asha/admin/counts/differences/?count={count.pk}"
    assert "So far everything" in till.get(page).content.decode()
    record_scan(count, Scan(uuid7(), milk.pk, Decimal(3)), actor=shop.actor, at=count.started_at)

    shown = till.get(page).content.decode()
    assert "Count it again before you believe it" in shown
    assert "-₹290.50" in shown
    assert "should be counted again" in till.post(page, {"post": ""}, follow=True).content.decode()
    assert (
        "The phones ask for 1 products again."
        in till.post(page, {"recount": "", "product": [milk.pk]}, follow=True).content.decode()
    )
    record_scan(count, Scan(uuid7(), milk.pk, Decimal(9)), actor=shop.actor, at=count.started_at.replace(year=2100))
    till.post(page, {"post": "", f"reason-{milk.pk}": "Broken bottle"})

    count.refresh_from_db()
    assert count.status == "posted"
    assert shop.on_hand(milk) == Decimal("9.000")
    posted = till.get(f"{ADMIN}stockcount/{count.pk}/change/").content.decode()
    assert "Broken bottle" in posted
    assert till.get("/asha/admin/counts/differences/?count=x").status_code == 404
