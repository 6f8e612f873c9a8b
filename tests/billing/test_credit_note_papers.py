"""A credit note on paper: what came back, how the money went, and the code of its store credit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from billing.models import CreditNote
from billing.operations.returns import take_goods_back
from billing.operations.returns_without_bill import take_goods_without_bill
from billing.return_request import RefundTender, ReturnRequest, ReturnWithoutBill, UnbilledLine
from billing.sale import Buyer
from customers.models import StoredValue
from pantrypal.core.access import Role
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.escpos import TEXT, commands
from tests.pdf import text_of
from tests.shop import NOON, Shop, line


@pytest.fixture
def note(shop: Shop) -> CreditNote:
    """Against a bill, for store credit."""
    milk = shop.product("Milk", price="63.00", hsn="0401", tracks_stock=False)
    posted = shop.sell(line(milk, "2"), buyer=Buyer(phone="+919812345678", name="Lakshmi"))
    request = ReturnRequest(
        uuid7(), posted.bill, shop.store, shop.register, "sour", refunds=(RefundTender("store_credit"),)
    )
    return take_goods_back(request, actor=shop.actor, at=NOON).note


@pytest.fixture
def unbilled(shop: Shop) -> CreditNote:
    soap = shop.product("Soap", price="45.50", rate="18", tracks_stock=False)
    lines = (UnbilledLine(Decimal(1), soap.pk),)
    request = ReturnWithoutBill(uuid7(), shop.store, shop.register, "bill lost", lines)
    return take_goods_without_bill(request, actor=shop.actor, at=NOON).note


SAID = ("Credit note", "CB1A-25-0000001", "B1A-25-0000001", "sour", "Milk", "126.00", "Lakshmi", "CGST")


def test_the_receipt_of_a_return_bears_the_code_of_its_store_credit(shop: Shop, till: Client, note: CreditNote) -> None:
    page = till.get(f"/asha/credit-notes/{note.pk}/receipt/")

    text = page.content.decode()
    for said in (*SAID, StoredValue.objects.get().code, "₹126.00", "Whoever has it may spend it"):
        assert said in text
    assert "data:image/svg+xml" in text
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert till.get(f"/asha/credit-notes/{uuid7()}/receipt/").status_code == 404


def test_without_a_bill_the_receipt_says_so(shop: Shop, till: Client, unbilled: CreditNote) -> None:
    text = till.get(f"/asha/credit-notes/{unbilled.pk}/receipt/").content.decode()

    for said in ("Without a bill", "bill lost", "Soap", StoredValue.objects.get().code):
        assert said in text


def test_the_receipt_printer_prints_the_code_large_and_as_a_picture(shop: Shop, note: CreditNote) -> None:
    api, code = Api(shop), StoredValue.objects.get().code

    status, printed = api.get(f"credit-notes/{note.pk}/escpos")

    given = list(commands(printed))
    text = b"".join(value for name, value in given if name == TEXT).decode("cp437")
    assert status == 200
    for said in (*SAID, code):
        assert said in text
    assert all(len(printed_line) <= 48 for printed_line in text.splitlines())
    assert any(name == r"\x1d(" and code.encode() in value for name, value in given)


def test_the_printer_beside_the_till_gets_it_in_its_own_width(shop: Shop, till: Client, note: CreditNote) -> None:
    address = f"/asha/credit-notes/{note.pk}/receipt/bytes/"

    printed = till.get(address, {"paper": "58"}).content

    lines = b"".join(value for name, value in commands(printed) if name == TEXT).decode("cp437").splitlines()
    assert max(map(len, lines)) <= 32
    assert StoredValue.objects.get().code in lines
    assert till.get(f"/asha/credit-notes/{uuid7()}/receipt/bytes/").status_code == 404


def test_the_paper_for_a_buyers_books_is_a_pdf(shop: Shop, note: CreditNote) -> None:
    status, pdf = Api(shop).get(f"credit-notes/{note.pk}/pdf")

    text = text_of(pdf)
    assert status == 200
    for said in (*SAID, "0401", StoredValue.objects.get().code, "Rupees one hundred twenty-six only"):
        assert said in text


def test_who_may_not_sell_sees_the_paper_without_the_code(shop: Shop, note: CreditNote) -> None:
    auditor, code = Client(), StoredValue.objects.get().code
    auditor.force_login(shop.member(Role.AUDITOR))
    reader = Api(shop, scopes=["billing:read"])

    page = auditor.get(f"/asha/credit-notes/{note.pk}/receipt/").content.decode()
    _status, paper = reader.get(f"credit-notes/{note.pk}/escpos")

    assert f"…{code[-4:]}" in page
    assert code not in page
    assert code.encode() not in paper
    assert "Whoever has it" not in page
    assert reader.get(f"credit-notes/{note.pk}")[1]["refunds"][0]["code"] is None
