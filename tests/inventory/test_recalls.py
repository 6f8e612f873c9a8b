from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.db import transaction
from django.test import Client

from billing.refusals import RecalledLot as RecalledLotRefused
from catalog.models import Product
from inventory.models import Lot, Recall, StockMove
from inventory.operations.recalls import end_recall, start_recall
from inventory.queries.recalls import recalled_on_hand, sold_before_recall
from inventory.refusals import RecallEnded
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once


@pytest.fixture
def milk(shop: Shop) -> Product:
    return stocked(shop)


def stocked(shop: Shop) -> Product:
    """Five in lot BAD, which goes first, and five in lot GOOD."""
    product = shop.product("Milk 1 l", tracks_lots=True)
    for code, days in (("BAD", 3), ("GOOD", 9)):
        lot = Lot.objects.create(product=product, code=code, expires_on=NOON.date() + timedelta(days=days))
        shop.stock(product, "5", lot=lot.pk)
    return product


def recall(shop: Shop, product: Product, *codes: str, **values: str) -> Recall:
    values.setdefault("reason", "Glass found in a bottle")
    return start_recall(product, codes or ("BAD",), actor=shop.actor, at=NOON, **values)


def test_the_next_scan_takes_the_lots_that_are_not_recalled(shop: Shop, milk: Product) -> None:
    shop.sell(line(milk, "2"))

    recall(shop, milk)
    shop.sell(line(milk, "5"))

    sold = StockMove.objects.filter(kind="sale").order_by("id").values_list("lot__code", "quantity")
    assert list(sold) == [("BAD", -2), ("GOOD", -5)]
    with pytest.raises(RecalledLotRefused, match="Milk 1 l has been recalled"):
        shop.sell(line(milk))


def test_a_recall_knows_what_was_sold_and_what_is_to_be_put_aside(shop: Shop, milk: Product) -> None:
    bill = shop.sell(line(milk, "2")).bill

    made = recall(shop, milk)

    (sold,) = sold_before_recall(made, stores=None)
    assert (sold.bill, sold.lot, sold.quantity) == (bill.pk, "BAD", Decimal("2.000"))
    assert recalled_on_hand([made.pk], stores=None) == {made.pk: Decimal("3.000")}
    assert OutboxEvent.objects.get(topic="recall.started").payload["lots"] == ["BAD"]
    assert AuditEntry.objects.get(action="recall.started").data["product"] == milk.sku


def test_a_lot_that_never_came_is_known_as_recalled_when_it_comes(shop: Shop, milk: Product) -> None:
    recall(shop, milk, "BAD", " NEVER ", "BAD")

    assert set(Lot.objects.exclude(recalled_at=None).values_list("code", flat=True)) == {"BAD", "NEVER"}


def test_lots_are_free_when_the_last_recall_that_holds_them_ends(shop: Shop, milk: Product) -> None:
    first, second = recall(shop, milk), recall(shop, milk, "BAD", "GOOD")

    end_recall(first, actor=shop.actor, at=NOON)
    with pytest.raises(RecalledLotRefused):
        shop.sell(line(milk))
    end_recall(second, actor=shop.actor, at=NOON)

    shop.sell(line(milk))
    with pytest.raises(RecallEnded):
        end_recall(second, actor=shop.actor, at=NOON)


def test_a_recall_needs_lots_a_reason_and_the_right_to_it(shop: Shop, milk: Product) -> None:
    with pytest.raises(Invalid):
        recall(shop, milk, " ")
    with pytest.raises(Invalid), transaction.atomic():
        recall(shop, milk, reason="")
    with pytest.raises(Forbidden):
        start_recall(milk, ["BAD"], reason="x", actor=shop.actor_as(Role.CASHIER), at=NOON)
    assert not Recall.objects.exists()


def test_no_till_sells_a_lot_once_its_recall_is_committed(committed_shop: Shop) -> None:
    shop, recalled = committed_shop, Event()
    with transaction.atomic():
        product = shop.product("Milk 1 l", tracks_lots=True)
        lot = Lot.objects.create(product=product, code="BAD", expires_on=date(2026, 4, 1))
        shop.stock(product, "50", lot=lot.pk)

    def sell() -> bool:
        was_recalled = recalled.is_set()
        shop.sell(line(product))
        return was_recalled

    def call_back() -> bool:
        recall(shop, product)
        transaction.on_commit(recalled.set)
        return False

    answers = all_at_once(shop.org.pk, [sell] * 20 + [call_back] + [sell] * 20, clients=8)

    assert not any(answer is True for answer in answers)
    assert any(isinstance(answer, RecalledLotRefused) for answer in answers)


def test_a_recall_is_started_and_ended_in_the_back_office(shop: Shop, till: Client, milk: Product) -> None:
    page = "/asha/admin/inventory/recall/"
    values = {"product": milk.pk, "lots": "BAD, GOOD", "reason": "Glass", "message": ""}

    answer = till.post(f"{page}add/", values)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Recall.objects.get()
    shown = till.get(page).content.decode()
    assert "BAD, GOOD" in shown
    assert "Glass" in till.get(f"{page}{made.pk}/change/").content.decode()
    till.post(page, {"action": "end", "_selected_action": [made.pk]})
    made.refresh_from_db()
    assert made.ended_by == "Asha Owner"


def test_recalls_through_the_api(shop: Shop, milk: Product) -> None:
    api = Api(shop)

    status, made = api.post("recalls", {"product": str(milk.pk), "lots": ["BAD"], "reason": "Glass"})

    assert status == 201, made
    assert (made["lots"], made["ended_at"]) == (["BAD"], None)
    assert api.get("recalls")[1]["results"] == [made]
    assert api.post(f"recalls/{made['id']}/end", None)[1]["ended_at"] is not None
    assert api.post(f"recalls/{made['id']}/end", None)[1]["code"] == "recall_ended"
    assert api.post("recalls", {"product": str(milk.pk), "lots": [], "reason": "Glass"})[0] == 400
