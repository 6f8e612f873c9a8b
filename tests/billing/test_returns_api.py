from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from billing.models import Bill, CreditNote
from pantrypal.core.access import Role
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import NOON, Shop, line


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


@pytest.fixture
def bill(shop: Shop, api: Api) -> dict:
    milk, soap = shop.product("Milk", price="63.00", rate="5"), shop.product("Soap", price="45.50", rate="18")
    shop.stock(milk, "10")
    shop.stock(soap, "10")
    lines = [{"product": str(milk.pk), "quantity": "3"}, {"product": str(soap.pk), "quantity": "2"}]
    status, bill = api.post("bills", {"store": "B1", "register": "A", "lines": lines, "payments": [{"method": "cash"}]})
    assert status == 201, bill
    return bill


def test_a_return_answers_with_the_credit_note(api: Api, bill: dict) -> None:
    body = {
        "id": str(uuid7()),
        "reason": "sour",
        "lines": [{"line": bill["lines"][0]["id"], "quantity": "1", "disposition": "expired"}],
        "refunds": [{"method": "store_credit"}],
    }

    status, note = api.post(f"bills/{bill['id']}/credit-notes", body)

    assert status == 201, note
    assert (note["number"], note["bill_number"], note["total"]) == ("CB1A-25-0000001", "B1A-25-0000001", "63.00")
    assert [(tax["name"], tax["amount"]) for tax in note["taxes"]] == [("CGST", "1.50"), ("SGST", "1.50")]
    assert note["refunds"][0]["amount"] == "63.00"
    assert len(note["refunds"][0]["code"]) == 14
    assert api.post(f"bills/{bill['id']}/credit-notes", body) == (200, note)
    assert api.get(f"credit-notes/{note['id']}") == (200, note)
    assert [row["number"] for row in api.get(f"credit-notes?bill={bill['id']}")[1]["results"]] == ["CB1A-25-0000001"]


def test_store_credit_pays_a_bill_by_its_code(shop: Shop, api: Api, bill: dict) -> None:
    back = {"reason": "sour", "lines": [{"position": 1, "quantity": "1"}], "refunds": [{"method": "store_credit"}]}
    _, note = api.post(f"bills/{bill['id']}/credit-notes", back)
    sale = {
        "store": "B1",
        "register": "A",
        "lines": [{"product": bill["lines"][0]["product"], "quantity": "1"}],
        "payments": [{"method": "store_credit", "reference": note["refunds"][0]["code"]}],
    }

    assert api.post("bills", sale)[0] == 201
    status, problem = api.post("bills", sale)
    assert (status, problem["code"], problem["balance"]) == (409, "insufficient_stored_value", "0.00")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"lines": [{"position": 1, "quantity": "4"}]}, 409, "nothing_to_return"),
        ({"lines": [{"position": 9, "quantity": "1"}]}, 400, "invalid"),
        ({"lines": [{"line": "00000000-0000-7000-8000-000000000000", "quantity": "1"}]}, 409, "nothing_to_return"),
        ({"lines": [{"position": 1, "quantity": "1"}, {"position": 1, "quantity": "1"}]}, 400, "invalid"),
        ({"refunds": [{"method": "cash", "amount": "1.00"}]}, 422, "refund_mismatch"),
        ({"amount": "1.00"}, 400, "invalid"),
        ({"reason": ""}, 400, "invalid"),
        ({"register": "Q"}, 404, "not_found"),
    ],
)
def test_a_bad_return_is_refused_and_writes_nothing(api: Api, bill: dict, body: dict, status: int, code: str) -> None:
    answered, problem = api.post(f"bills/{bill['id']}/credit-notes", {"reason": "sour"} | body)

    assert (answered, problem["code"]) == (status, code), problem
    assert not CreditNote.objects.exists()


def test_a_key_voids_a_bill_with_a_managers_approval_only(shop: Shop, api: Api, bill: dict, client: Client) -> None:
    status, problem = api.post(f"bills/{bill['id']}/void", {"reason": "wrong customer"})
    assert (status, problem["code"], problem["kind"]) == (422, "approval_required", "void")
    assert not CreditNote.objects.exists()

    client.force_login(shop.member(Role.STORE_MANAGER))
    asked = {"kind": "void", "store": "B1", "subject": bill["id"], "reason": "wrong customer", "amount": bill["total"]}
    approval = client.post("/asha/api/v1/approvals", asked, content_type="application/json").json()
    status, note = api.post(f"bills/{bill['id']}/void", {"reason": "wrong customer", "approval": approval["id"]})

    assert (status, note["kind"], note["total"]) == (201, "void", bill["total"])
    listed = client.get("/asha/api/v1/approvals").json()["results"]
    assert [(row["kind"], row["approved_by"]) for row in listed] == [("void", "Store_Manager")]


@pytest.mark.parametrize(
    ("discount", "status"), [({"percent": "20"}, 201), ({"percent": "20.01"}, 422), ({"amount": "189.00"}, 422)]
)
def test_a_discount_over_the_limit_needs_an_approval(shop: Shop, api: Api, discount: dict, status: int) -> None:
    milk = shop.product("Milk", price="63.00", tracks_stock=False)
    sale = {"store": "B1", "register": "A", "payments": [{"method": "upi"}], "discount": discount}
    sale["lines"] = [{"product": str(milk.pk), "quantity": "3"}]

    answered, answer = api.post("bills", sale)

    assert answered == status, answer
    assert Bill.objects.exists() == (status == 201)
    if status == 422:
        assert answer["code"] == "approval_required"


def test_a_line_discount_over_the_limit_needs_an_approval_however_small_the_line(shop: Shop, api: Api) -> None:
    dear, cheap = (
        shop.product(name, price=price, tracks_stock=False) for name, price in (("A", "900.00"), ("B", "5.00"))
    )
    lines = [
        {"product": str(dear.pk), "quantity": "1"},
        {"product": str(cheap.pk), "quantity": "1", "discount": {"percent": "100"}},
    ]

    _, problem = api.post("bills", {"store": "B1", "register": "A", "lines": lines, "payments": [{"method": "upi"}]})

    assert (problem["code"], problem["amount"]) == ("approval_required", "5.00")


def test_a_shift_is_counted_blind_and_reported(shop: Shop, api: Api, bill: dict) -> None:
    path = f"shifts/{bill['shift']}"
    assert api.get(path)[1]["expected_cash"] is None
    assert api.post(f"{path}/cash", {"kind": "cash_out", "amount": "100.00", "reason": "tea"})[0] == 201
    x_report = api.get(f"{path}/report")[1]
    assert (x_report["kind"], x_report["sales"]) == ("x", {"amount": "280.00", "count": 1})

    status, shift = api.post(f"{path}/close", {"counted_cash": "680.00", "denominations": {"500": 1, "20": 9}})

    assert (status, shift["expected_cash"], shift["variance"]) == (200, "680.00", "0.00")
    z_report = api.get(f"{path}/report")[1]
    assert (z_report["kind"], z_report["number"], z_report["grand_total"]) == ("z", 1, "280.00")
    assert api.post(f"{path}/close", {"counted_cash": "680.00"})[1]["code"] == "shift_not_open"
    assert api.post(f"{path}/close", {"counted_cash": "NaN"})[0] == 400


def test_an_oversale_needs_a_managers_approval(shop: Shop, api: Api, client: Client) -> None:
    milk, sale_id = shop.product("Milk", price="63.00"), str(uuid7())
    shop.stock(milk, "1")
    sale = {"id": sale_id, "store": "B1", "register": "A", "payments": [{"method": "upi"}], "oversell": True}
    sale["lines"] = [{"product": str(milk.pk), "quantity": "3"}]
    assert api.post("bills", sale)[1]["code"] == "approval_required"

    client.force_login(shop.owner)
    asked = {"kind": "oversell", "store": "B1", "subject": sale_id, "reason": "delivery is at the door"}
    approval = client.post("/asha/api/v1/approvals", asked, content_type="application/json").json()

    assert api.post("bills", sale | {"approval": approval["id"]})[0] == 201
    assert shop.on_hand(milk) == Decimal("-2.000")


def test_an_exchange_answers_with_both_documents(shop: Shop, api: Api) -> None:
    milk, soap = shop.product("Milk", price="63.00", sku="MILK"), shop.product("Soap", price="45.50", sku="SOAP")
    shop.stock(milk, "5")
    shop.stock(soap, "5")
    bill = shop.sell(line(milk, "2")).bill
    sale = {"store": "B1", "register": "A", "lines": [{"barcode": "SOAP", "quantity": "1"}]}
    body = {"id": str(uuid7()), "reason": "wrong item", "lines": [{"position": 1, "quantity": "1"}]}
    body["sale"] = sale | {"id": str(uuid7())}

    status, answer = api.post(f"bills/{bill.pk}/exchange", body)
    again, same = api.post(f"bills/{bill.pk}/exchange", body)

    assert (status, again) == (201, 200)
    assert answer["credit_note"]["total"] == "63.00"
    assert answer["bill"]["total"] == "45.50"
    assert same["bill"]["number"] == answer["bill"]["number"]


def test_a_return_without_a_bill_needs_a_manager(shop: Shop, api: Api) -> None:
    shop.product("Soap", price="45.50", sku="SOAP", tracks_stock=False)
    body = {"id": str(uuid7()), "store": "B1", "register": "A", "reason": "bill lost"}
    body["lines"] = [{"barcode": "SOAP", "quantity": "1"}]

    status, problem = api.post("credit-notes", body)

    assert (status, problem["code"]) == (422, "approval_required")
