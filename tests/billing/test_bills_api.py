from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
import time_machine

from billing.api.bodies.sales import BillAnswer, QuoteAnswer
from billing.models import Bill
from billing.operations.registers import create_register
from customers.models import Customer
from inventory.models import StockMove
from pantrypal.journal.models import OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import NOON, Shop

MORNING = "2026-11-23 04:00:00+00:00"  # half past nine in Kolkata


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False):
        yield


def a_sale(shop: Shop, **values: object) -> dict[str, object]:
    milk = shop.product("Milk 1 l", price="63.00", rate="5", mrp=Decimal("65.00"), hsn="0401")
    code = shop.barcode(milk).shown
    shop.stock(milk, "10")
    return {
        "id": str(uuid7()),
        "store": "B1",
        "register": "A",
        "lines": [{"barcode": code, "quantity": "3"}],
        "payments": [{"method": "cash", "tendered": "200.00"}],
    } | values


def test_a_sale_made_off_line_is_taken_whatever_its_paper_says_and_told(shop: Shop, api: Api) -> None:
    sale = a_sale(shop, occurred_at="2026-03-02T06:00:00Z", expected_total="195.00")

    status, bill = api.post("bills", sale)

    assert (status, bill["total"], bill["payments"][0]["amount"]) == (201, "189.00", "189.00")
    told = OutboxEvent.objects.get(topic="bill.paper_differs").payload
    assert (told["number"], told["total"], told["paper"]) == (bill["number"], "189.00", "195.00")
    assert api.post("bills", sale) == (200, bill)
    assert OutboxEvent.objects.filter(topic="bill.paper_differs").count() == 1


def test_a_sale_answers_with_the_bill(shop: Shop, api: Api) -> None:
    sale = a_sale(shop, customer={"phone": "98123 45678", "name": "Lakshmi"})

    status, bill = api.post("bills", sale)

    assert status == 201, bill
    msgspec.convert(bill, BillAnswer, strict=False)
    assert set(bill) == set(BillAnswer.__struct_fields__)
    assert bill["id"] == sale["id"]
    assert bill["number"] == "B1A-26-0000001"
    assert (bill["subtotal"], bill["tax"], bill["total"], bill["change"]) == ("189.00", "9.00", "189.00", "11.00")
    assert bill["lines"][0]["taxes"] == [
        {"name": "CGST", "rate": "2.5", "amount": "4.50"},
        {"name": "SGST", "rate": "2.5", "amount": "4.50"},
    ]
    assert bill["lines"][0]["quantity"] == "3.000"
    assert bill["payments"] == [{"method": "cash", "amount": "189.00", "tendered": "200.00", "reference": ""}]
    assert bill["customer"]["phone"] == "+919812345678"
    assert (bill["business_date"], bill["finalized_at"]) == ("2026-11-23", "2026-11-23T04:00:00.000000Z")
    assert Customer.objects.get().name == "Lakshmi"
    assert api.get(f"bills/{bill['id']}") == (200, bill)
    assert api.get(f"bills/{bill['id']}/") == (200, bill)


def test_the_same_sale_again_answers_200_with_the_same_bill(shop: Shop, api: Api) -> None:
    sale = a_sale(shop)
    _, first = api.post("bills", sale)

    status, again = api.post("bills", sale)

    assert (status, again) == (200, first)
    assert StockMove.objects.filter(kind="sale").count() == 1


def test_the_same_id_with_another_sale_is_refused(shop: Shop, api: Api) -> None:
    sale = a_sale(shop)
    api.post("bills", sale)

    status, problem = api.post("bills", sale | {"lines": [sale["lines"][0] | {"quantity": "1"}]})

    assert (status, problem["code"]) == (409, "bill_id_reused")


def test_a_quote_shows_exactly_what_the_sale_stores(shop: Shop, api: Api) -> None:
    sale = a_sale(shop, discount={"amount": "5.00"})
    sale["lines"][0]["discount"] = {"percent": "10"}
    asked = {key: sale[key] for key in ("store", "lines", "discount")}

    status, quoted = api.post("bills/quote", asked)
    assert status == 200, quoted
    assert not Bill.objects.exists()
    _, bill = api.post("bills", sale)

    assert set(quoted) == set(QuoteAnswer.__struct_fields__)
    for name in ("subtotal", "discount", "taxable", "taxes", "tax", "round_off", "total"):
        assert quoted[name] == bill[name], name
    assert quoted["lines"][0]["discount_reasons"] == [
        {"text": "10 % off", "amount": "18.90", "promotion": None},
        {"text": "Discount", "amount": "5.00", "promotion": None},
    ]
    for name in quoted["lines"][0].keys() - {"price_reason"}:
        assert quoted["lines"][0][name] == bill["lines"][0][name], name


def test_another_total_than_expected_answers_with_the_new_quote(shop: Shop, api: Api) -> None:
    status, problem = api.post("bills", a_sale(shop, expected_total="180.00"))

    assert (status, problem["code"], problem["quote"]["total"]) == (409, "total_changed", "189.00")
    assert not Bill.objects.exists()


def test_a_shortage_names_the_product_and_what_is_left(shop: Shop, api: Api) -> None:
    sale = a_sale(shop, payments=[{"method": "upi"}])
    sale["lines"][0]["quantity"] = "11"

    status, problem = api.post("bills", sale)

    assert (status, problem["code"]) == (409, "insufficient_stock")
    assert problem["detail"] == "Only 10 of Milk 1 l are left."
    assert [(item["wanted"], item["available"]) for item in problem["items"]] == [("11.000", "10.000")]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"store": "XX"}, 404, "not_found"),
        ({"register": "Z"}, 404, "not_found"),
        ({"lines": []}, 400, "invalid"),
        ({"lines": [{"barcode": "4006381333931", "quantity": "1"}]}, 404, "unknown_product"),
        ({"lines": [{"quantity": "1"}]}, 400, "invalid"),
        ({"lines": [{"barcode": "1", "quantity": "NaN"}]}, 400, "invalid"),
        ({"lines": [{"barcode": "1", "quantity": "1e308"}]}, 400, "invalid"),
        ({"lines": [{"barcode": "1\x00", "quantity": "1"}]}, 400, "invalid"),
        ({"lines": [{"barcode": "1", "quantity": "1", "price": "1.00"}]}, 400, "invalid"),
        ({"total": "1.00"}, 400, "invalid"),
        ({"payments": []}, 400, "invalid"),
        ({"payments": [{"method": "gold"}]}, 400, "invalid"),
        ({"payments": [{"method": "upi", "amount": "1.00"}]}, 422, "payment_mismatch"),
        ({"payments": [{"method": "upi", "amount": "189.001"}]}, 422, "payment_mismatch"),
        ({"id": "not-a-uuid"}, 400, "invalid"),
        ({"id": "00000000-0000-0000-0000-000000000000"}, 400, "invalid"),
        ({"customer": {"phone": "12"}}, 400, "invalid"),
        ({"discount": {"percent": "101"}}, 400, "invalid"),
        ({"discount": {"percent": "1", "amount": "1.00"}}, 400, "invalid"),
        ({"discount": {"amount": "-1.00"}}, 400, "invalid"),
        ({"occurred_at": "yesterday"}, 400, "invalid"),
    ],
)
def test_a_bad_sale_is_refused_with_a_code_and_writes_nothing(
    shop: Shop, api: Api, change: dict[str, object], status: int, code: str
) -> None:
    answered, problem = api.post("bills", a_sale(shop, **change))

    assert (answered, problem["code"]) == (status, code), problem
    assert problem["status"] == status
    assert problem["detail"]
    assert not Bill.objects.exists()


@pytest.mark.parametrize(
    ("quantity", "code"), [("0", "invalid_quantity"), ("-1", "invalid_quantity"), ("1.5", "invalid_quantity")]
)
def test_pieces_are_sold_whole_and_above_zero(shop: Shop, api: Api, quantity: str, code: str) -> None:
    sale = a_sale(shop)
    sale["lines"][0]["quantity"] = quantity

    assert api.post("bills", sale)[1]["code"] == code


def test_nothing_is_sold_above_its_mrp(shop: Shop, api: Api) -> None:
    sale = a_sale(shop)
    shop.product("Dear", price="70.00", mrp=Decimal("65.00"), sku="DEAR")

    status, problem = api.post("bills", sale | {"lines": [{"barcode": "DEAR", "quantity": "1"}]})

    assert (status, problem["code"]) == (422, "price_above_mrp")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":' * 100_000])
def test_a_body_that_is_no_sale_is_malformed(shop: Shop, api: Api, body: bytes) -> None:
    status, problem = api.post("bills", body)

    assert status == 400
    assert problem["code"] in ("invalid", "malformed")


def test_a_body_above_one_mebibyte_is_too_large(shop: Shop, api: Api) -> None:
    status, problem = api.post("bills", b" " * (1024 * 1024 + 1))

    assert (status, problem["code"]) == (413, "too_large")


def test_bills_are_listed_newest_first_in_keyset_pages(shop: Shop, api: Api) -> None:
    sale = a_sale(shop, payments=[{"method": "upi"}])
    sale["lines"][0]["quantity"] = "1"
    for _ in range(5):
        api.post("bills", sale | {"id": str(uuid7())})

    _, page = api.get("bills?limit=2")
    numbers = [bill["number"] for bill in page["results"]]
    while page["next"]:
        _, page = api.get(page["next"].removeprefix("http://testserver"))
        numbers += [bill["number"] for bill in page["results"]]

    assert len(numbers) == 5
    assert len(set(numbers)) == 5
    _, found = api.get("bills?number=B1A-26-0000003")
    assert [bill["number"] for bill in found["results"]] == ["B1A-26-0000003"]
    assert len(api.get("bills?from=2026-11-23&to=2026-11-23&store=B1")[1]["results"]) == 5
    assert api.get("bills?from=2026-11-24")[1]["results"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x", "page=2", "from=soon", "store=XX"])
def test_a_list_refuses_what_it_does_not_know(shop: Shop, api: Api, query: str) -> None:
    assert api.get(f"bills?{query}")[0] in (400, 404)


def test_an_unchanged_bill_is_not_sent_twice(shop: Shop, api: Api) -> None:
    _, bill = api.post("bills", a_sale(shop))
    tag = api.raw("GET", f"bills/{bill['id']}")["ETag"]

    response = api.raw("GET", f"bills/{bill['id']}", If_None_Match=tag)

    assert (response.status_code, response.content) == (304, b"")


def test_a_customer_of_another_state_is_billed_with_igst(shop: Shop, api: Api) -> None:
    buyer = {"phone": "+919812345678", "name": "Chennai Traders", "gstin": "24AAUPV7468F1ZW"}

    _, bill = api.post("bills", a_sale(shop, customer=buyer))

    assert bill["place_of_supply"] == "24"
    assert [(tax["name"], tax["rate"], tax["amount"]) for tax in bill["taxes"]] == [("IGST", "5", "9.00")]
    assert bill["customer"]["gstin"] == "24AAUPV7468F1ZW"


def test_the_shift_of_an_integration_opens_by_itself_each_business_day(shop: Shop, api: Api) -> None:

    create_register(store=shop.store, code="X", name="Web", kind="api", actor=shop.actor, at=NOON)
    sale = a_sale(shop, register="X")
    sale["lines"][0]["quantity"] = "1"

    _, today = api.post("bills", sale)
    with time_machine.travel("2026-11-24 04:00:00+00:00", tick=False):
        _, tomorrow = api.post("bills", sale | {"id": str(uuid7())})

    assert (today["business_date"], tomorrow["business_date"]) == ("2026-11-23", "2026-11-24")
    assert today["shift"] != tomorrow["shift"]
    assert api.get(f"shifts/{today['shift']}")[1]["closed_by"] == "PantryPal"
