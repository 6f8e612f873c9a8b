"""Pages for staff with a phone: counted, sent, received and written off by scanning."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.models import Product
from inventory.models import CountScan, Lot, StockCount, StockMove, Transfer
from inventory.operations.stock_counts import ask_recount, open_count
from inventory.operations.transfers import Wanted, request_transfer, send_transfer
from pantrypal.core.access import Role
from pantrypal.core.models import Store
from pantrypal.core.operations.organizations import create_store
from tests.shop import NOON, Shop

STOCK = "/asha/stock/"
HERE = f"{STOCK}B1/"


@pytest.fixture
def other(shop: Shop) -> Store:
    return create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 1 l", sku="MILK")
    shop.stock(product, "10", cost="41.50")
    shop.barcode(product, "9520000000011")
    shop.barcode(product, "19520000000018", quantity="12")
    return product


@pytest.fixture
def count(shop: Shop) -> StockCount:
    return open_count(StockCount(title="Dairy"), store=shop.store, actor=shop.actor, at=NOON)


def pressed(client: Client, address: str, do: str, **values: Any) -> str:
    """The part of the page that comes back."""
    return client.post(address, {"do": do} | values, headers={"HX-Request": "true"}).content.decode()


def said(part: str) -> str:
    """The text of a part, as one reads it."""
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_who_works_in_one_store_comes_straight_to_it(shop: Shop, till: Client) -> None:
    assert till.get(STOCK)["Location"] == HERE


def test_who_works_in_several_chooses(shop: Shop, till: Client, other: Store) -> None:
    page = till.get(STOCK).content.decode()

    assert HERE in page
    assert f"{STOCK}B2/" in page
    assert till.get(f"{STOCK}XX/").status_code == 404


def test_the_phone_counts_what_is_scanned_and_says_nothing_of_the_books(
    shop: Shop, till: Client, milk: Product, count: StockCount
) -> None:
    assert "Dairy" in till.get(HERE).content.decode()
    assert "Scan the first thing" in till.get(f"{HERE}counts/{count.pk}/").content.decode()
    scan = f"{HERE}counts/{count.pk}/scan/"

    pressed(till, scan, "scan", code="9520000000011")
    pressed(till, scan, "more")
    part = pressed(till, scan, "scan", code="19520000000018")
    assert "14 pc" in said(part)
    part = pressed(till, scan, "undo")
    assert "2 pc" in said(part)
    part = pressed(till, scan, "number", number="7")

    assert "8 pc" in said(part)
    assert "1 product counted · 8 in all · 1 person" in said(part)
    assert sum(CountScan.objects.values_list("quantity", flat=True)) == 8


def test_a_form_that_is_sent_twice_counts_once(shop: Shop, till: Client, milk: Product, count: StockCount) -> None:
    scan = f"{HERE}counts/{count.pk}/scan/"
    once = {"code": "MILK", "scan": "01939f2e-0000-7000-8000-000000000001"}

    pressed(till, scan, "scan", **once)
    pressed(till, scan, "scan", **once)

    assert CountScan.objects.count() == 1


def test_what_is_unknown_is_said_and_what_is_unclear_is_asked(
    shop: Shop, till: Client, milk: Product, count: StockCount
) -> None:
    shop.product("Milk powder", sku="POWDER")
    scan = f"{HERE}counts/{count.pk}/scan/"

    assert "There is no product “nothing”." in pressed(till, scan, "scan", code="nothing")
    part = pressed(till, scan, "scan", code="milk")
    assert "Which one is it?" in part
    assert 'data-code="POWDER"' in part
    assert "Nothing has been scanned yet." in pressed(till, scan, "undo")
    assert not CountScan.objects.exists()


def test_the_phone_asks_for_what_is_to_be_counted_again(
    shop: Shop, till: Client, milk: Product, count: StockCount
) -> None:
    ask_recount(count, [milk.pk], actor=shop.actor, at=NOON)

    assert "Please count again: Milk 1 l" in said(till.get(f"{HERE}counts/{count.pk}/").content.decode())


def test_a_cashier_counts_and_does_nothing_else(shop: Shop, client: Client, milk: Product, count: StockCount) -> None:
    client.force_login(shop.member(Role.CASHIER))

    home = client.get(HERE).content.decode()
    assert "Dairy" in home
    assert "Write off" not in home
    pressed(client, f"{HERE}counts/{count.pk}/scan/", "scan", code="MILK")
    assert CountScan.objects.get().actor == "Cashier"
    assert client.get(f"{HERE}write-off/").status_code == 403
    assert client.post(f"{HERE}counts/").status_code == 403


def test_a_count_is_begun_on_the_phone(shop: Shop, till: Client) -> None:
    answer = till.post(f"{HERE}counts/")

    assert answer["Location"] == f"{HERE}counts/{StockCount.objects.get().pk}/"


def test_another_store_is_asked_by_scanning(shop: Shop, till: Client, milk: Product, other: Store) -> None:
    address = f"{STOCK}B2/ask/"
    assert "Koramangala" in till.get(address).content.decode()

    part = pressed(till, address, "scan", code="19520000000018", source="B1")
    assert "10 there" in said(part)
    fields = dict(re.findall(r'name="(q-[^"]+|history)"[^>]*value="([^"]*)"', part))
    part = pressed(till, address, "more", source="B1", **fields)
    fields = dict(re.findall(r'name="(q-[^"]+|history)"[^>]*value="([^"]*)"', part))
    answer = till.post(address, {"do": "done", "source": "B1", "note": "for Sunday"} | fields)

    assert answer["Location"] == f"{STOCK}B2/"
    asked = Transfer.objects.get()
    assert (asked.store_id, asked.to_store_id, asked.status, asked.note) == (
        shop.store.pk, other.pk, "requested", "for Sunday"
    )  # fmt: skip
    assert [(row.product, row.quantity) for row in asked.lines.all()] == [(milk, 13)]
    assert f"{asked.number} is awaited" in till.get(f"{STOCK}B2/").content.decode()
    assert f"Send {asked.number}" in till.get(HERE).content.decode()


def test_a_request_without_goods_or_store_says_what_is_missing(
    shop: Shop, till: Client, milk: Product, other: Store
) -> None:
    create_store(actor=shop.actor, at=NOON, code="B3", name="Jayanagar")
    address, line = f"{HERE}ask/", {f"q-{milk.pk}.": "2"}

    assert "Please choose the store that you ask." in pressed(till, address, "done", **line)
    assert "Please give at least one line." in pressed(till, address, "done", source="B2")
    assert not Transfer.objects.exists()


def test_who_has_one_store_only_asks_nobody(shop: Shop, till: Client) -> None:
    assert "Ask another store" not in till.get(HERE).content.decode()
    assert "There is no other store to ask." in till.get(f"{HERE}ask/").content.decode()


def test_only_pages_with_a_camera_allow_its_reader(shop: Shop, till: Client, count: StockCount, other: Store) -> None:
    def allows(path: str) -> bool:
        return "wasm-unsafe-eval" in till.get(path)["Content-Security-Policy"]

    assert all(allows(HERE + path) for path in ("ask/", "write-off/", f"counts/{count.pk}/"))
    assert not allows(HERE)


def test_goods_are_sent_and_received_by_scanning(shop: Shop, till: Client, milk: Product, other: Store) -> None:
    wanted = [Wanted(milk.pk, Decimal(3))]
    transfer = request_transfer(wanted, source=shop.store, target=other, actor=shop.actor, at=NOON)
    address = f"{HERE}transfers/{transfer.pk}/"
    assert "Send to Indiranagar" in till.get(address).content.decode()
    field = re.search(r'name="(q-[^"]+)"', till.get(address).content.decode())
    assert field

    part = pressed(till, address, "scan", code="MILK", **{field[1]: "1"})
    assert "1 of 1" not in said(part)
    assert "2 of 3" in said(part)
    sent = till.post(address, {"do": "done", field[1]: "3"}, headers={"HX-Request": "true"})
    assert sent["HX-Redirect"] == HERE

    there = f"{STOCK}B2/transfers/{transfer.pk}/"
    page = till.get(there).content.decode()
    assert "Receive from Koramangala" in page
    field = re.search(r'name="(q-[^"]+)"', page)
    assert field
    till.post(there, {"do": "done", field[1]: "2", "reason": "one was leaking"})
    transfer.refresh_from_db()
    assert transfer.status == "received"
    assert StockMove.objects.get(kind="theft").reason.endswith("one was leaking")
    assert till.get(there).status_code == 404


def test_everything_is_there_at_once(shop: Shop, till: Client, milk: Product, other: Store) -> None:
    wanted = [Wanted(milk.pk, Decimal(3))]
    transfer = request_transfer(wanted, source=shop.store, target=other, actor=shop.actor, at=NOON)
    send_transfer(transfer, source=shop.store, actor=shop.actor, at=NOON)
    address = f"{STOCK}B2/transfers/{transfer.pk}/"

    part = pressed(till, address, "all")

    assert "1 of 1 lines complete" in said(part)
    shop.product("Sugar", sku="SUGAR")
    assert "Sugar is not on this transfer." in pressed(till, address, "scan", code="SUGAR")


def test_what_broke_is_written_off_by_scanning(shop: Shop, till: Client, milk: Product) -> None:
    lot = Lot.objects.create(product=milk, code="L1", expires_on="2126-03-05")
    shop.stock(milk, "5", lot=lot.pk)
    address = f"{HERE}write-off/"

    part = pressed(till, address, "scan", code="(01)09520000000011(10)L1", kind="expiry")
    fields = dict(re.findall(r'name="(q-[^"]+|history)"[^>]*value="([^"]*)"', part))
    assert "lot L1" in said(part)
    part = pressed(till, address, "more", kind="expiry", **fields)
    fields = dict(re.findall(r'name="(q-[^"]+|history)"[^>]*value="([^"]*)"', part))
    assert "2" in fields.values()
    undone = pressed(till, address, "undo", kind="expiry", **fields)
    assert dict(re.findall(r'name="(q-[^"]+|history)"[^>]*value="([^"]*)"', undone))[f"q-{milk.pk}.{lot.pk}"] == "1"
    answer = till.post(address, {"do": "done", "kind": "expiry", "reason": "milk run late"} | fields)

    assert answer["Location"] == HERE
    move = StockMove.objects.get(kind="expiry")
    assert (move.quantity, move.lot, move.reason) == (-2, lot, "milk run late")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Please give at least one line."),
        ({"quantity": "11"}, "Only 10 of Milk 1 l are there."),
        ({"quantity": "x"}, "“x” is not a quantity."),
        ({"quantity": "1", "kind": "magic"}, "Please say what for."),
    ],
)
def test_a_write_off_that_cannot_be_says_why(
    shop: Shop, till: Client, milk: Product, values: dict[str, str], sentence: str
) -> None:
    posted = {"kind": values.get("kind", "theft")}
    if "quantity" in values:
        posted[f"q-{milk.pk}."] = values["quantity"]

    assert sentence in pressed(till, f"{HERE}write-off/", "done", **posted)
    assert not StockMove.objects.exclude(kind="opening").exists()
