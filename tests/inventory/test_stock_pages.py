"""Stock in the back office: read as it is, corrected by documents only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.models import Product
from inventory.models import Lot, StockAdjustment, StockLevel, StockMove
from inventory.operations.alerts import refresh_alerts
from pantrypal.core.access import Role
from pantrypal.journal.models import AuditEntry
from tests.api import Api
from tests.shop import NOON, Shop, line

ADMIN = "/asha/admin/inventory/"


def adjustment(shop: Shop, *rows: dict[str, Any], note: str = "") -> dict[str, Any]:
    """What the browser posts for a new adjustment."""
    data: dict[str, Any] = {"store_id": str(shop.store.pk), "note": note}
    data |= {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        given = {"kind": "adjustment", "reason": "", "lot": ""} | row
        data |= {f"lines-{number}-{name}": value for name, value in given.items()}
    return data


@pytest.fixture
def milk(shop: Shop) -> Product:
    made = shop.product("Milk 1 l", sku="MILK")
    shop.stock(made, "12", cost="41.50")
    return made


def test_levels_and_moves_are_read_with_their_store_and_cost(shop: Shop, till: Client, milk: Product) -> None:
    shop.sell(line(milk, "2"))

    levels = till.get(f"{ADMIN}stocklevel/").content.decode()
    moves = till.get(f"{ADMIN}stockmove/").content.decode()

    assert "Milk 1 l" in levels
    assert "Koramangala" in levels
    assert "₹41.50" in levels
    assert ">10<" in levels
    assert "-2" in moves
    assert "Opening stock" in moves
    level = StockLevel.objects.get()
    page = till.get(f"{ADMIN}stocklevel/{level.pk}/change/").content.decode()
    assert 'name="on_hand"' not in page
    assert till.get(f"{ADMIN}stockmove/add/").status_code == 403


@pytest.mark.parametrize(("text", "found"), [("milk", True), ("MILK", True), ("sugar", False)])
def test_stock_is_found_by_its_product(shop: Shop, till: Client, milk: Product, text: str, found: bool) -> None:
    for page in ("stocklevel", "stockmove"):
        assert ("Milk 1 l" in till.get(f"{ADMIN}{page}/", {"q": text}).content.decode()) == found


@pytest.mark.parametrize("choice", ["out", "below", "expired", "all", "bogus"])
def test_levels_are_narrowed_by_what_one_asks(shop: Shop, till: Client, milk: Product, choice: str) -> None:
    empty = shop.product("Sugar 1 kg")
    shop.stock(empty, "1")
    shop.sell(line(empty))

    page = till.get(f"{ADMIN}stocklevel/", {"stock": choice}).content.decode()

    assert ("Sugar 1 kg" in page) == (choice in ("out", "all"))
    assert ("Milk 1 l" in page) == (choice == "all")


def test_the_product_list_tells_what_is_in_stock(shop: Shop, till: Client, milk: Product) -> None:
    uncounted = shop.product("Carrier bag", tracks_stock=False)

    page = till.get("/asha/admin/catalog/product/")

    stock = {row.pk: row.__dict__["_on_hand"] for row in page.context["cl"].result_list}
    assert stock == {milk.pk: "12", uncounted.pk: None}


def test_an_adjustment_is_entered_once_and_then_read(shop: Shop, till: Client, milk: Product) -> None:
    rows = (
        {"product": milk.pk, "quantity": "-2", "kind": "damage"},
        {"product": milk.pk, "quantity": "1", "reason": "behind the shelf"},
    )

    answer = till.post(f"{ADMIN}stockadjustment/add/", adjustment(shop, *rows, note="Fridge door left open"))

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    document = StockAdjustment.objects.get()
    assert shop.on_hand(milk) == Decimal("11.000")
    moves = StockMove.objects.filter(document_id=document.pk).order_by("quantity")
    assert list(moves.values_list("kind", "quantity", "reason")) == [
        ("damage", Decimal("-2.000"), "Damaged or spoilt"),
        ("adjustment", Decimal("1.000"), "behind the shelf"),
    ]
    page = till.get(f"{ADMIN}stockadjustment/{document.pk}/change/").content.decode()
    assert "Fridge door left open" in page
    assert 'name="note"' not in page
    assert "-₹41.50" in till.get(f"{ADMIN}stockadjustment/").content.decode()


def test_an_adjustment_that_takes_too_much_says_so_in_the_form(shop: Shop, till: Client, milk: Product) -> None:
    answer = till.post(
        f"{ADMIN}stockadjustment/add/", adjustment(shop, {"product": milk.pk, "quantity": "-13", "kind": "theft"})
    )

    assert "Only 12 of Milk 1 l are there." in answer.content.decode()
    assert not StockAdjustment.objects.exists()
    assert shop.on_hand(milk) == Decimal("12.000")


def test_a_lots_date_is_corrected_and_noted(shop: Shop, till: Client, milk: Product) -> None:
    lot = Lot.objects.create(product=milk, code="L1", expires_on=date(2026, 3, 5))
    values = {"code": "L1", "manufactured_on": "", "expires_on": "2026-04-05", "mrp": ""}

    answer = till.post(f"{ADMIN}lot/{lot.pk}/change/", values)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    lot.refresh_from_db()
    assert lot.expires_on == date(2026, 4, 5)
    assert AuditEntry.objects.get(action="lot.changed").data["old"] == {"expires_on": "2026-03-05"}


def test_the_home_page_says_what_the_stock_asks_for(shop: Shop, till: Client, milk: Product) -> None:
    old = Lot.objects.create(product=milk, code="L1", expires_on=date(2020, 1, 1))
    shop.stock(milk, "3", lot=old.pk)
    assert "Nothing has expired, nothing is missing." in till.get("/asha/admin/").content.decode()
    refresh_alerts(shop.store, at=NOON)

    page = till.get("/asha/admin/").content.decode()

    assert "1 lot has expired and is still on the shelf" in page
    assert till.get(f"{ADMIN}stocklevel/", {"stock": "expired"}).context["cl"].result_count == 1


def test_an_auditor_looks_and_changes_nothing(shop: Shop, client: Client, milk: Product) -> None:
    client.force_login(shop.member(Role.AUDITOR))

    assert client.get(f"{ADMIN}stocklevel/").status_code == 200
    assert client.get(f"{ADMIN}stockadjustment/add/").status_code == 403


def test_lots_through_the_api(shop: Shop, milk: Product) -> None:
    api = Api(shop)
    body = {"product": str(milk.pk), "code": "L7", "expires_on": "2026-05-01"}

    status, made = api.post("lots", body)
    assert status == 201, made
    shop.stock(milk, "5", lot=made["id"])

    assert api.post("lots", body)[0] == 400
    assert api.get(f"lots/{made['id']}")[1]["on_hand"] == "5.000"
    assert [lot["code"] for lot in api.get("lots?expires_until=2026-05-01")[1]["results"]] == ["L7"]
    assert api.get("lots?expires_until=2026-04-30")[1]["results"] == []
    assert api.get("lots?expires_until=soon")[0] == 400
