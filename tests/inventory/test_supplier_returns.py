"""Goods that go back, and what suppliers ask us to pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from inventory.models import Lot, PurchaseInvoice, StockMove, Supplier, SupplierReturn
from inventory.operations.purchase_invoices import save_invoice
from inventory.operations.return_mail import mail_debit_note
from inventory.operations.stock import NotEnoughStock
from inventory.operations.supplier_returns import ReturnedGoods, return_to_supplier
from inventory.pdf.debit_notes import debit_note_as_pdf
from inventory.refusals import InvoiceTwice, MoreThanReceived
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.journal.models import OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.inventory.purchasing import delivered, receive, supplier
from tests.pdf import text_of
from tests.shop import NOON, Shop

INVOICES = "/asha/admin/inventory/purchaseinvoice/"


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop, payment_days=15)


def send_back(shop: Shop, dairy: Supplier, *lines: ReturnedGoods, **values: Any) -> SupplierReturn:
    values = {"reason": "Leaking", "actor": shop.actor} | values
    return return_to_supplier(lines, supplier=dairy, store=shop.store, at=NOON, **values)


def test_goods_go_back_at_what_they_were_bought_for(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    receipt = receive(shop, dairy, delivered(milk, "10", "40.50"))

    note = send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(3)), receipt=receipt)

    assert (note.number, note.total) == ("SRB1-25-0000001", Decimal("121.50"))
    assert shop.on_hand(milk) == 7
    move = StockMove.objects.get(kind="supplier_return")
    assert (move.quantity, move.document_id, move.reason) == (-3, note.pk, "Leaking")


def test_no_more_goes_back_than_came(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk 1 l")
    shop.stock(milk, "100")
    receipt = receive(shop, dairy, delivered(milk, "10", "40"))
    send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(8)), receipt=receipt)

    with pytest.raises(MoreThanReceived, match="Only 2 of Milk 1 l came with this receipt and can still go back."):
        send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(3)), receipt=receipt)

    assert shop.on_hand(milk) == 102


def test_a_recalled_lot_goes_back_and_no_more_of_it_than_there_is(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    lot = Lot.objects.create(product=milk, code="A1", expires_on=date(2026, 3, 1), recalled_at=NOON)
    shop.stock(milk, "4", lot=lot.pk)

    with pytest.raises(NotEnoughStock):
        send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(5), lot.pk))
    send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(4), lot.pk))

    assert shop.on_hand(milk) == 0


def test_a_return_needs_lines_a_reason_and_somebody_who_may(shop: Shop, dairy: Supplier) -> None:
    some = ReturnedGoods(shop.product().pk, Decimal(1))

    for lines, values, refusal in (
        ([], {}, Invalid),
        ([some], {"reason": " "}, Invalid),
        ([ReturnedGoods(some.product, Decimal(0))], {}, Invalid),
        ([some], {"actor": shop.actor_as(Role.CASHIER)}, Forbidden),
    ):
        with pytest.raises(refusal):
            send_back(shop, dairy, *lines, **values)


def test_a_return_is_entered_in_the_back_office(shop: Shop, till: Client, dairy: Supplier) -> None:
    milk = shop.product()
    receive(shop, dairy, delivered(milk, "10", "40"))
    data = {"store_id": shop.store.pk, "supplier": dairy.pk, "reason": "Leaking", "receipt": ""}
    data |= {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-product": milk.pk, "lines-0-quantity": "2"}

    answer = till.post("/asha/admin/inventory/supplierreturn/add/", data)

    assert answer.status_code == 302, answer.context["errors"]
    note = SupplierReturn.objects.get()
    assert note.total == Decimal("80.00")
    assert "₹80.00" in till.get(f"/asha/admin/inventory/supplierreturn/{note.pk}/change/").content.decode()


def test_the_debit_note_is_mailed_as_pdf_to_the_supplier(shop: Shop) -> None:
    dairy, milk = supplier(shop, email="accounts@nandini.example"), shop.product("Milk <1 l> & *cream*", hsn="04012000")
    lot = Lot.objects.create(product=milk, code="A1", expires_on=date(2026, 3, 1))
    shop.stock(milk, "10", lot=lot.pk)
    receipt = receive(shop, dairy, delivered(milk, "10", "40.50"), delivery_note="CH-77")
    note = send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(3), lot.pk), receipt=receipt)
    event = OutboxEvent.objects.get(topic="supplier_return.posted")

    assert mail_debit_note(note.pk, event_id=event.pk, reply_to=event.payload["reply_to"])

    [letter] = mail.outbox
    assert (letter.to, letter.reply_to) == (["accounts@nandini.example"], ["owner@asha.example"])
    assert letter.subject == f"Debit note {note.number} of Asha"
    assert "3 × Milk <1 l> & *cream* (A1)" in letter.body
    assert letter.message()["Message-ID"] == f"<{event.pk}@localhost>"
    [(name, pdf, kind)] = letter.attachments
    assert (name, kind) == (f"{note.number}.pdf", "application/pdf")
    text = text_of(pdf)
    for said in ("Debit note", note.number, "Nandini Dairy", "Asha Retail Pvt Ltd", receipt.number, "CH-77", "Leaking",
                 "04012000 A1 1 Mar 2026 3 40.50 121.50", "₹121.50", "Asha Owner"):  # fmt: skip
        assert said in text
    assert pdf == debit_note_as_pdf(note, shop.store)


def test_a_supplier_without_an_address_gets_no_letter(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    note = send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(3)))

    assert not mail_debit_note(note.pk, event_id=uuid7(), reply_to="")
    assert mail.outbox == []


def test_the_paper_is_to_be_had_in_the_back_office_and_through_the_api(
    shop: Shop, till: Client, dairy: Supplier
) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    note = send_back(shop, dairy, ReturnedGoods(milk.pk, Decimal(3)))

    shown = till.get(f"/asha/admin/inventory/supplierreturn/{note.pk}/pdf/")
    fetched = Api(shop).raw("GET", f"supplier-returns/{note.pk}/pdf")

    assert (shown.headers["Content-Type"], shown.content) == ("application/pdf", debit_note_as_pdf(note, shop.store))
    assert fetched.content == shown.content


def invoice(shop: Shop, dairy: Supplier, **values: Any) -> PurchaseInvoice:
    given = {"number": " nd/101 ", "invoice_date": date(2026, 3, 1), "taxable": "1000.00", "cgst": "25.00"}
    given |= {"sgst": "25.00", "total": "1050.00"} | values
    amounts = ("taxable", "cgst", "sgst", "igst", "cess", "round_off", "total")
    row = PurchaseInvoice(supplier=dairy)
    for name, value in given.items():
        setattr(row, name, Decimal(value) if name in amounts else value)
    return save_invoice(row, store=shop.store, actor=shop.actor, at=NOON)


def test_an_invoice_is_noted_with_its_taxes_and_the_day_to_pay(shop: Shop, dairy: Supplier) -> None:
    noted = invoice(shop, dairy, cess="2.00", round_off="-0.40", total="1051.60")

    noted.refresh_from_db()
    assert (noted.number, noted.fiscal_year, noted.due_on) == ("ND/101", 2025, date(2026, 3, 16))
    assert (noted.cgst, noted.sgst, noted.igst, noted.total) == (25, 25, 0, Decimal("1051.60"))


def test_an_invoice_number_comes_once_from_a_supplier_in_a_fiscal_year(shop: Shop, dairy: Supplier) -> None:
    invoice(shop, dairy)

    with pytest.raises(InvoiceTwice, match="Invoice ND/101 of Nandini Dairy is in the books"):
        invoice(shop, dairy, number="ND/101")
    invoice(shop, supplier(shop, "Amul"))
    invoice(shop, dairy, invoice_date=date(2026, 4, 1))
    assert PurchaseInvoice.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"total": "1050.01"}, "total"),
        ({"sgst": "24.00", "total": "1049.00"}, "sgst"),
        ({"igst": "50.00", "total": "1100.00"}, "igst"),
        ({"taxable": "1000.005", "total": "1050.005"}, "taxable"),
        ({"taxable": "-1.00", "total": "49.00"}, "taxable"),
    ],
)
def test_figures_that_cannot_be_on_paper_are_refused(
    shop: Shop, dairy: Supplier, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        invoice(shop, dairy, **values)

    assert list(refusal.value.errors) == [field]


def test_an_invoice_is_noted_and_corrected_in_the_back_office(shop: Shop, till: Client, dairy: Supplier) -> None:
    data = {"store_id": shop.store.pk, "supplier": dairy.pk, "number": "ND/7", "invoice_date": "2026-03-01"}
    data |= {"taxable": "100.00", "cgst": "0", "sgst": "0", "igst": "5.00", "cess": "0", "round_off": "0"}

    wrong = till.post(f"{INVOICES}add/", data | {"total": "106.00"})
    assert "These amounts do not add up to the total." in wrong.content.decode()
    assert till.post(f"{INVOICES}add/", data | {"total": "105.00"}).status_code == 302

    noted = PurchaseInvoice.objects.get()
    data |= {"round_off": "1.00", "total": "106.00"}
    assert till.post(f"{INVOICES}{noted.pk}/change/", data).status_code == 302
    noted.refresh_from_db()
    assert noted.total == 106
