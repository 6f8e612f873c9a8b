"""What integrators do about buying: what to order, by which rules, and what suppliers ask us to pay."""

from __future__ import annotations

from typing import Any

import pytest

from inventory.models import PurchaseInvoice, PurchaseOrder, Supplier
from pantrypal.core.operations.organizations import create_store
from tests.api import Api
from tests.inventory.goods import lot_of
from tests.inventory.purchasing import asks, delivered, receive, supplier
from tests.shop import NOON, Shop


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop, payment_days=15)


def invoice(dairy: Supplier, **values: Any) -> dict[str, Any]:
    body = {"store": "B1", "supplier": str(dairy.pk), "number": "nd/101", "invoice_date": "2026-03-01"}
    return body | {"taxable": "1000.00", "cgst": "25.00", "sgst": "25.00", "total": "1050.00"} | values


def test_an_invoice_is_noted_read_and_corrected(shop: Shop, dairy: Supplier) -> None:
    api, receipt = Api(shop), receive(shop, dairy, delivered(shop.product(), "10", "40"))

    status, noted = api.post("purchase-invoices", invoice(dairy, receipt=str(receipt.pk)))

    assert status == 201, noted
    assert (noted["number"], noted["fiscal_year"], noted["due_on"]) == ("ND/101", 2025, "2026-03-16")
    assert (noted["receipt"], noted["igst"], noted["creditable"]) == (str(receipt.pk), "0.00", True)
    assert api.post("purchase-invoices", invoice(dairy))[1]["code"] == "invoice_twice"
    address = f"purchase-invoices/{noted['id']}"
    assert api.get(address)[1] == noted
    tag = api.raw("GET", address)["ETag"]
    changes = {"round_off": "-0.50", "total": "1049.50", "creditable": False}
    assert api("PATCH", address, changes, If_Match=tag)[1] == noted | changes | {
        "noted_at": api.get(address)[1]["noted_at"]
    }
    assert api("PATCH", address, changes, If_Match=tag)[0] == 412
    assert api("PATCH", address, {"total": "1.00"})[1]["errors"].keys() == {"total"}


def test_a_repeated_key_notes_an_invoice_once(shop: Shop, dairy: Supplier) -> None:
    api, key = Api(shop), {"Idempotency_Key": "purchase-7"}

    first, again = (api.post("purchase-invoices", invoice(dairy), **key) for _ in range(2))

    assert first == again
    assert PurchaseInvoice.objects.count() == 1


def test_invoices_are_found_by_supplier_store_and_day(shop: Shop, dairy: Supplier) -> None:
    api, oil = Api(shop), supplier(shop, "Oil mill")
    pks = [
        api.post("purchase-invoices", invoice(whom, number=number, invoice_date=day))[1]["id"]
        for whom, number, day in ((dairy, "1", "2026-03-01"), (dairy, "2", "2026-03-09"), (oil, "1", "2026-03-05"))
    ]

    def found(query: str) -> list[str]:
        return [row["id"] for row in api.get(f"purchase-invoices?{query}")[1]["results"]]

    assert found("store=B1") == [pks[1], pks[2], pks[0]]
    assert found(f"supplier={dairy.pk}") == [pks[1], pks[0]]
    assert found("supplier=x") == []
    assert found("from=2026-03-02&to=2026-03-05") == [pks[2]]
    assert api.get("purchase-invoices?from=x")[1]["errors"].keys() == {"from"}


def test_a_key_for_reading_notes_nothing(shop: Shop, dairy: Supplier) -> None:
    api = Api(shop, ["inventory:read"])

    assert api.post("purchase-invoices", invoice(dairy))[0] == 403
    assert api.post("reorder-suggestions", {"store": "B1"})[0] == 403
    assert api.get("purchase-invoices")[0] == 200
    assert not PurchaseInvoice.objects.exists()


def test_a_key_of_one_store_knows_nothing_of_another(shop: Shop, dairy: Supplier) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    pk = Api(shop).post("purchase-invoices", invoice(dairy))[1]["id"]
    api = Api(shop, stores=[other.pk])

    assert api.get("purchase-invoices")[1]["results"] == []
    assert api.get(f"purchase-invoices/{pk}")[0] == 404
    assert api.post("purchase-invoices", invoice(dairy, number="2"))[0] == 403
    assert api.get("reorder-suggestions?store=B1")[0] == 403
    assert api.get("reorder-suggestions?store=B2")[1] == {"results": [], "next": None}


def test_suggestions_show_their_arithmetic_and_become_orders(shop: Shop, dairy: Supplier) -> None:
    api, milk, curd = Api(shop), shop.product("Milk"), shop.product("Curd")
    for product in (milk, curd):
        asks(shop, dairy, product, "480.00", "12")
        rule = {"store": "B1", "product": str(product.pk), "reorder_point": "10", "target": "40", "pack": "12"}
        assert api.post("reorder-rules", rule)[0] == 201

    due = api.get("reorder-suggestions?store=B1")[1]["results"]

    assert [(row["name"], row["packs"], row["quantity"]) for row in due] == [
        ("Curd", "4", "48.000"),
        ("Milk", "4", "48.000"),
    ]
    assert due[1]["arithmetic"].endswith("Target 40: 40 missing = 4 packs of 12.")
    chosen = {"store": "B1", "lines": [{"product": str(milk.pk), "packs": "2"}]}
    status, drafted = api.post("reorder-suggestions", chosen)
    assert (status, [(order["status"], order["total"]) for order in drafted["orders"]]) == (201, [("draft", "960.00")])
    [rest] = api.post("reorder-suggestions", {"store": "B1"})[1]["orders"]
    assert [(line["product"], line["packs"]) for line in rest["lines"]] == [(str(curd.pk), "4.000")]
    assert api.post("reorder-suggestions", {"store": "B1"})[0] == 400
    assert PurchaseOrder.objects.count() == 2
    assert api.get("reorder-suggestions")[1]["errors"].keys() == {"store"}


def test_a_rule_is_changed_and_removed(shop: Shop, dairy: Supplier) -> None:
    api, milk = Api(shop), shop.product()
    made = api.post("reorder-rules", {"store": "B1", "product": str(milk.pk), "reorder_point": "10", "target": "40"})[1]
    address = f"reorder-rules/{made['id']}"

    changed = api("PATCH", address, {"target": "60", "supplier": str(dairy.pk)})[1]

    assert changed == made | {"target": "60.000", "supplier": str(dairy.pk)}
    assert api.get(f"reorder-rules?product={milk.pk}&store=B1&supplier={dairy.pk}")[1]["results"] == [changed]
    assert api("PATCH", address, {"target": "5"})[0] == 400
    assert api("DELETE", address)[0] == 204
    assert api.get("reorder-rules")[1]["results"] == []


def test_corrections_are_read_as_they_were_posted(shop: Shop) -> None:
    api, milk = Api(shop), shop.product()
    shop.stock(milk, "10")
    line = {"product": str(milk.pk), "quantity": "-2", "kind": "damage"}
    pk = api.post("stock-adjustments", {"store": "B1", "lines": [line], "note": "Fell down"})[1]["id"]

    [listed] = api.get("stock-adjustments?store=B1")[1]["results"]

    assert (listed["id"], listed["note"], listed["store"]) == (pk, "Fell down", "B1")
    assert [(row["quantity"], row["kind"]) for row in listed["lines"]] == [("-2.000", "damage")]
    assert api.get(f"stock-adjustments/{pk}")[1] == listed


def test_a_supplier_is_archived_and_restored(shop: Shop, dairy: Supplier) -> None:
    api, address = Api(shop), f"suppliers/{dairy.pk}"

    assert api("PATCH", address, {"active": False})[1]["active"] is False
    assert api.get("suppliers")[1]["results"] == []
    assert api("PATCH", address, {"active": True, "lead_days": 5})[1]["active"] is True
    assert [row["lead_days"] for row in api.get("suppliers")[1]["results"]] == [5]


def test_a_suppliers_prices_come_in_pages(shop: Shop, dairy: Supplier) -> None:
    api = Api(shop)
    for name in ("Milk", "Curd", "Ghee"):
        asks(shop, dairy, shop.product(name), "480.00", "12")

    first = api.get(f"suppliers/{dairy.pk}/prices?limit=2")[1]
    rest = api.get(first["next"])[1]

    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)


def test_a_lot_is_marked_down_once(shop: Shop) -> None:
    api, milk = Api(shop), shop.product("Milk")
    lot_of(shop, milk, "L7", "2126-03-09")
    body = {"store": "B1", "product": str(milk.pk), "lot": "L7", "percent": 30}

    status, made = api.post("markdowns", body)

    assert (status, made["percent"], made["ends_at"]) == (201, "30.000", "2126-03-09T18:30:00Z"), made
    assert api.get(f"promotions/{made['promotion']}")[1]["name"] == "Near its date: Milk"
    assert api.post("markdowns", body)[1]["code"] == "marked_down_already"
    assert api.post("markdowns", body | {"lot": "L8"})[0] == 404
