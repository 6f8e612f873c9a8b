"""What a register sells without a connection is taken as its paper says, once, whatever has happened meanwhile."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from billing.chain_check import check_chains
from billing.http import remember_device
from billing.ledger_check import check_documents
from billing.models import Bill, BillLine, Cart, Payment, RegisterDevice
from billing.operations.carts import add_to_cart
from billing.operations.pairing import pair_device, unpair
from billing.typed import Typed
from catalog.models import Product
from pantrypal.core.access import Role
from pantrypal.core.models import Membership
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop

SOLD_AT = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def device(shop: Shop, till: Client) -> RegisterDevice:
    """The browser is the register's own."""
    device, token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    shown = HttpResponse()
    remember_device(shown, token)
    till.cookies.update(shown.cookies)
    return device


@pytest.fixture
def milk(shop: Shop) -> Product:
    return shop.product("Milk", price="63.00", mrp="70.00", rate="5", tracks_stock=False)


def paper_line(product: Product, **values: Any) -> dict[str, Any]:
    return {"product": str(product.pk), "quantity": "1", "price": "63.00", "rate": "5", "cess": "0"} | values


def paper(device: RegisterDevice, *lines: dict[str, Any], sequence: int = 1, **values: Any) -> dict[str, Any]:
    body = {"id": str(uuid7()), "device": str(device.pk), "sequence": sequence, "occurred_at": SOLD_AT.isoformat()}
    return body | {"total": "63.00", "lines": lines, "payment": {"method": "cash", "tendered": "100.00"}} | values


def send(till: Client, shop: Shop, bill: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    address = f"/{shop.org.slug}/till/{shop.register.pk}/offline/bills/"
    answer = till.post(address, bill, content_type="application/json", HTTP_HX_REQUEST="true")
    return answer.status_code, json.loads(answer.content)


def test_a_sale_made_without_a_connection_keeps_number_price_and_cashier(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    cashier = shop.member(Role.CASHIER)
    sold = paper(device, paper_line(milk), cashier=cashier.pk)

    status, answer = send(till, shop, sold)

    bill = Bill.objects.get()
    assert (status, answer["id"], answer["number"]) == (201, sold["id"], "FB1A-25-0000001")
    assert (bill.cashier, bill.occurred_at, bill.total, bill.change) == (
        str(cashier),
        SOLD_AT,
        Decimal("63.00"),
        Decimal("37.00"),
    )
    assert [*check_chains(), *check_documents()] == []
    assert not OutboxEvent.objects.filter(topic="bill.paper_differs").exists()


def test_a_lost_answer_is_given_again_and_nothing_is_doubled(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    sold = paper(device, paper_line(milk))

    first, again = send(till, shop, sold), send(till, shop, sold)

    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert Bill.objects.count() == 1


def test_the_paper_counts_where_price_and_product_have_changed_meanwhile(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    Product.objects.filter(pk=milk.pk).update(price="70.00", archived_at=NOON)

    status, answer = send(till, shop, paper(device, paper_line(milk, price="60.00"), total="60.00"))

    assert (status, answer["as_printed"]) == (201, True)
    assert BillLine.objects.get().unit_price == Decimal("60.00")
    told = OutboxEvent.objects.get(topic="bill.paper_differs").payload
    assert told["lines"] == [{"product": "Milk", "paper": "60.00", "catalog": "70.00"}]
    assert AuditEntry.objects.get(action="bill.paper_differs").data["total"] == "60.00"


def test_a_total_that_does_not_follow_from_its_lines_is_taken_and_told(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    sold = paper(device, paper_line(milk), total="1.00", payment={"method": "cash", "tendered": "1.00"})

    status, answer = send(till, shop, sold)

    assert (status, answer["total"], answer["as_printed"]) == (201, "63.00", False)
    assert Payment.objects.get().amount == Decimal("63.00")
    assert OutboxEvent.objects.get(topic="bill.paper_differs").payload["paper"] == "1.00"
    assert send(till, shop, sold)[0] == 200


def test_a_pack_and_a_weighed_label_are_sold_as_they_were_printed(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    tomato = shop.product("Tomato", price="40.00", rate="0", unit="kg", sold_by="weight")
    lines = [
        paper_line(milk, price="360.00", pack="6", code="9520000000011"),
        paper_line(tomato, price="24.40", pack="0.610", by_piece=True, rate="0"),
        paper_line(tomato, price="40.00", quantity="0.755", rate="0"),
    ]

    status, answer = send(till, shop, paper(device, *lines, total="414.60", payment={"method": "card"}))

    assert (status, answer["as_printed"]) == (201, True)
    sold = list(BillLine.objects.order_by("position").values_list("barcode", "unit", "pack", "quantity", "gross"))
    assert sold[0] == ("9520000000011", "pc", Decimal("6.000"), Decimal("1.000"), Decimal("360.00"))
    assert sold[1] == ("", "pc", Decimal("0.610"), Decimal("1.000"), Decimal("24.40"))
    assert sold[2] == ("", "kg", Decimal("1.000"), Decimal("0.755"), Decimal("30.20"))
    assert shop.on_hand(tomato) == Decimal("-1.365")
    assert [*check_chains(), *check_documents()] == []


def test_the_cart_that_was_taken_along_is_no_longer_rung_up(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    typed = Typed("", Decimal(1))
    kept = add_to_cart(typed, product=milk.pk, register=shop.register, store=shop.store, actor=shop.actor, at=NOON).cart

    send(till, shop, paper(device, paper_line(milk), cart=str(kept.pk)))

    assert Cart.objects.get().state == Cart.State.DROPPED


def test_a_missing_number_is_asked_for_and_then_replaced(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    third = paper(device, paper_line(milk), sequence=3)

    status, gap = send(till, shop, third)
    renumbered = send(till, shop, third | {"renumber": True})[1]

    assert (status, gap["code"], gap["expected"]) == (409, "offline_gap", 1)
    assert (renumbered["number"], renumbered["printed_number"]) == ("B1A-25-0000001", "FB1A-25-0000003")


def test_a_sale_that_cannot_be_taken_is_kept_for_the_owner_once(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    sold = paper(device, paper_line(milk) | {"product": str(uuid7())})

    answers = [send(till, shop, sold), send(till, shop, sold)]

    assert [(status, said["code"], said["told"]) for status, said in answers] == [(404, "unknown_product", True)] * 2
    kept = AuditEntry.objects.get(action="offline.refused").data
    assert (kept["bill"], kept["content"]["total"]) == (sold["id"], "63.00")
    assert OutboxEvent.objects.filter(topic="offline.refused").count() == 1
    assert not Bill.objects.exists()


def test_only_the_registers_own_device_sends_and_learns_anything(shop: Shop, till: Client, milk: Product) -> None:
    device = pair_device(register=shop.register, name="Elsewhere", actor=shop.actor, at=NOON)[0]
    at = f"/{shop.org.slug}/till/{shop.register.pk}/offline/"

    assert send(till, shop, paper(device, paper_line(milk)))[1]["code"] == "not_paired"
    assert [till.get(at + part).status_code for part in ("terms/", "goods/")] == [409, 409]
    assert till.get(at)["Location"] == f"/{shop.org.slug}/till/{shop.register.pk}/"


def test_a_device_paired_anew_sends_what_it_has_sold_under_its_old_pairing(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    unpair(device=device, actor=shop.actor, at=NOON)
    anew, token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    shown = HttpResponse()
    remember_device(shown, token)
    till.cookies.update(shown.cookies)

    old = send(till, shop, paper(device, paper_line(milk), sequence=7))[1]
    new = send(till, shop, paper(anew, paper_line(milk)))[1]

    assert (old["number"], old["printed_number"]) == ("B1A-25-0000001", "FB1A-25-0000007")
    assert new["number"] == "FB1A-25-0000001"


def test_who_has_left_the_shop_sells_nothing_more_but_the_sale_is_taken(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    gone = shop.member(Role.CASHIER)
    Membership.objects.filter(user=gone).update(is_active=False)

    status, _answer = send(till, shop, paper(device, paper_line(milk), cashier=gone.pk))

    assert status == 201
    assert Bill.objects.get().cashier == str(shop.owner)


@pytest.mark.parametrize(
    "wrong",
    [{"sequence": 0}, {"total": "NaN"}, {"lines": []}, {"payment": {"method": "store_credit"}}, {"occurred_at": "x"}],
)
def test_what_no_paper_can_say_is_refused_and_nothing_is_written(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product, wrong: dict[str, Any]
) -> None:
    status, answer = send(till, shop, paper(device, paper_line(milk)) | wrong)

    assert (status, answer["code"]) == (400, "invalid")
    assert not Bill.objects.exists()


def test_the_worker_is_the_shops_own_and_names_every_file_it_keeps(shop: Shop, till: Client) -> None:
    answer = till.get(f"/{shop.org.slug}/till/worker.js")

    assert answer["Service-Worker-Allowed"] == f"/{shop.org.slug}/till/"
    assert answer["Content-Type"].startswith("text/javascript")
    kept = json.loads(answer.content.decode().splitlines()[0].removeprefix("self.KEPT = ").removesuffix(";"))
    assert kept["name"].startswith(f"till {shop.org.slug} ")
    assert kept["scope"] == f"/{shop.org.slug}/till/"
    assert {"/static/js/till/offline/till.js", "/static/css/tokens.css"} <= set(kept["files"])


def test_a_sale_of_today_is_dated_by_the_devices_own_clock(
    shop: Shop, till: Client, device: RegisterDevice, milk: Product
) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)

    send(till, shop, paper(device, paper_line(milk), occurred_at=an_hour_ago.isoformat()))

    assert Bill.objects.get().occurred_at == an_hour_ago
