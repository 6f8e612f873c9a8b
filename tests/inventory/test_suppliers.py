"""Suppliers and what they ask, in the back office and through the API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from inventory.models import Supplier, SupplierPrice
from inventory.operations.numbers import Series, next_number
from inventory.operations.suppliers import archive_suppliers, save_supplier, save_supplier_price
from inventory.queries.purchasing import find_supplier, prices_on
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid, NotFound
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import NOON, Shop
from tests.threads import all_at_once

LIST = "/asha/admin/inventory/supplier/"


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return save_supplier(Supplier(name="Nandini Dairy", lead_days=1), org=shop.org, actor=shop.actor, at=NOON)


def price(shop: Shop, supplier: Supplier, product, amount: str, valid_from: date, **values: object) -> SupplierPrice:
    row = SupplierPrice(supplier=supplier, product=product, price=Decimal(amount), valid_from=valid_from, **values)
    return save_supplier_price(row, org=shop.org, actor=shop.actor, at=NOON)


def test_a_supplier_is_added_in_the_back_office_and_found_again(shop: Shop, till: Client) -> None:
    values = {"name": " Nandini Dairy ", "phone": "98123 45678", "gstin": "29aagca7314f1zr".upper()}
    values |= {"lead_days": "2", "payment_days": "15", "email": "orders@nandini.example"}

    assert till.post(f"{LIST}add/", values).status_code == 302

    supplier = Supplier.objects.get()
    assert (supplier.name, supplier.phone, supplier.state_code) == ("Nandini Dairy", "+919812345678", "29")
    assert "Nandini Dairy" in till.get(LIST).content.decode()
    assert AuditEntry.objects.get(action="supplier.created").subject_id == str(supplier.pk)
    assert OutboxEvent.objects.get(topic="supplier.created").payload == {"supplier": str(supplier.pk)}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "Nandini Dairy"}, "There is one with this name already."),
        ({"name": "Amul", "phone": "12"}, "“12” is not a valid phone number."),
        ({"name": "Amul", "gstin": "29AAGCA7314F1ZX"}, "This is not a valid GSTIN"),
    ],
)
def test_a_supplier_that_cannot_be_is_refused_with_the_reason(
    shop: Shop, till: Client, dairy: Supplier, values: dict[str, str], sentence: str
) -> None:
    answer = till.post(f"{LIST}add/", {"lead_days": "1", "payment_days": "0"} | values)

    assert sentence in answer.content.decode()
    assert Supplier.objects.count() == 1


def test_an_archived_supplier_leaves_the_list_and_gets_no_orders(shop: Shop, till: Client, dairy: Supplier) -> None:
    till.post(LIST, {"action": "archive", "_selected_action": [dairy.pk]})

    with pytest.raises(NotFound):
        find_supplier(dairy.pk)
    till.post(f"{LIST}?state=archived", {"action": "restore", "_selected_action": [dairy.pk]})
    assert find_supplier(dairy.pk) == dairy


def test_the_price_of_a_day_is_the_newest_one_by_then(shop: Shop, dairy: Supplier) -> None:
    milk, curd = shop.product(), shop.product("Curd")
    price(shop, dairy, milk, "480.00", date(2026, 1, 1), pack=Decimal(12))
    price(shop, dairy, milk, "492.00", date(2026, 3, 1), pack=Decimal(12))
    price(shop, dairy, milk, "500.00", date(2026, 3, 3), pack=Decimal(12))

    asked = prices_on(date(2026, 3, 2), dairy, [milk.pk, curd.pk])

    assert {pk: (row.price, row.pack) for pk, row in asked.items()} == {milk.pk: (Decimal("492.00"), Decimal("12.000"))}


@pytest.mark.parametrize("amount", ["1.005", "-1"])
def test_a_price_that_cannot_be_paid_is_refused(shop: Shop, dairy: Supplier, amount: str) -> None:
    with pytest.raises(Invalid):
        price(shop, dairy, shop.product(), amount, date(2026, 3, 1))


def test_a_cashier_and_an_auditor_do_not_change_suppliers(shop: Shop, dairy: Supplier) -> None:
    for role in (Role.CASHIER, Role.AUDITOR):
        with pytest.raises(Forbidden):
            archive_suppliers([dairy.pk], actor=shop.actor_as(role), at=NOON)


def test_suppliers_and_prices_through_the_api(shop: Shop) -> None:
    api, milk = Api(shop), shop.product()

    status, made = api.post("suppliers", {"name": "Nandini Dairy", "phone": "9812345678", "lead_days": 1})

    assert status == 201, made
    assert (made["phone"], made["lead_days"], made["active"]) == ("+919812345678", 1, True)
    assert api("PATCH", f"suppliers/{made['id']}", {"payment_days": 7})[1]["payment_days"] == 7
    assert [row["name"] for row in api.get("suppliers?q=dairy")[1]["results"]] == ["Nandini Dairy"]
    asked = {"product": str(milk.pk), "price": "480.00", "pack": "12", "valid_from": "2026-03-01"}
    status, row = api.post(f"suppliers/{made['id']}/prices", asked)
    assert (status, row["price"], row["pack"]) == (201, "480.00", "12.000")
    assert [row["price"] for row in api.get(f"suppliers/{made['id']}/prices")[1]["results"]] == ["480.00"]
    assert api.post("suppliers", {"name": ""})[0] == 400


def test_another_shops_supplier_is_not_there(shop: Shop, other_shop: Shop, dairy: Supplier) -> None:
    with org_scope(other_shop.org.pk):
        api = Api(other_shop)
        assert api.get(f"suppliers/{dairy.pk}")[0] == 404
        assert api.post(f"suppliers/{dairy.pk}/prices", {})[0] in (400, 404)


def test_numbers_of_documents_made_at_once_have_no_gap_and_no_twin(committed_shop: Shop) -> None:
    def job() -> str:
        return next_number(Series.PURCHASE_ORDER, store=committed_shop.store, at=NOON)

    numbers = all_at_once(committed_shop.org.pk, [job] * 12, clients=4)

    assert sorted(numbers) == [f"POB1-25-{number:07}" for number in range(1, 13)]
