"""A person gets everything that is known of them, and is forgotten while bills and chain stay."""

from __future__ import annotations

import json

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from billing.chain_check import check_chains
from billing.models import BillMessage, BillPdf
from billing.operations.pdfs import store_bill_pdf
from billing.operations.persons import erase_person, print_bills_anew
from billing.operations.sending import send_bill
from billing.queries import PostedBill, posted_bill
from billing.sale import Buyer
from customers.models import Customer
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.pdf import text_of
from tests.shop import NOON, Shop, line

LAKSHMI = Buyer(phone="+919812345678", name="Lakshmi Rao", email="lakshmi@example.com", address="4 Temple Road")
TRACES = ("Lakshmi", "9812345678", "lakshmi@", "Temple Road")


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    posted = shop.sell(line(shop.product("Milk 1 l", price="63.00", tracks_stock=False)), buyer=LAKSHMI)
    send_bill(bill=posted.bill, channel=BillMessage.Channel.EMAIL, to="", actor=shop.actor, at=NOON)
    return posted


def test_a_person_is_handed_everything_that_is_known_of_them(shop: Shop, sold: PostedBill) -> None:
    customer = Customer.objects.get()

    status, answer = Api(shop).get(f"customers/{customer.pk}/export")

    assert status == 200
    assert answer["customer"]["email"] == "lakshmi@example.com"
    assert [bill["number"] for bill in answer["bills"]] == [sold.bill.number]
    assert answer["messages"][0]["to"] == "lakshmi@example.com"
    assert AuditEntry.objects.get(action="customer.exported").subject_label == str(customer.pk)


def test_a_person_is_forgotten_and_their_bills_still_prove_themselves(shop: Shop, sold: PostedBill) -> None:
    kept = store_bill_pdf(sold.bill.pk).file.name
    customer = Customer.objects.get()

    status, _answer = Api(shop).post(f"customers/{customer.pk}/erase", {})
    print_bills_anew(customer.pk)

    assert status == 204
    customer.refresh_from_db()
    assert (customer.name, customer.phone, customer.erased_at is not None) == ("", "", True)
    left = posted_bill(sold.bill.pk)
    assert (left.bill.total, left.buyer.name, left.buyer.phone, left.buyer.email) == (sold.bill.total, "", "", "")
    assert BillMessage.objects.get().to == ""
    assert list(check_chains()) == []
    assert BillPdf.objects.get().file.name == kept
    printed = text_of(default_storage.open(kept).read())
    assert sold.bill.number in printed
    assert not any(trace in printed for trace in TRACES)
    journal = json.dumps([list(AuditEntry.objects.values_list("subject_label", "data")), *_events()], default=str)
    assert not any(trace in journal for trace in TRACES)


def _events() -> list[object]:
    return list(OutboxEvent.objects.values_list("payload", flat=True))


def test_the_same_phone_may_come_back_as_somebody_new(shop: Shop, sold: PostedBill) -> None:
    erase_person(Customer.objects.get(), actor=shop.actor, at=NOON)

    shop.sell(line(shop.product(tracks_stock=False)), buyer=LAKSHMI)

    assert Customer.objects.exclude(phone="").count() == 1
    assert Customer.objects.count() == 2


def test_only_the_owner_erases(shop: Shop, sold: PostedBill, till: Client) -> None:
    customer = Customer.objects.get()
    with pytest.raises(Forbidden):
        erase_person(customer, actor=shop.actor_as(Role.STORE_MANAGER), at=NOON)
    path = f"/asha/admin/person/?customer={customer.pk}"

    assert "1 bill" in till.get(path).content.decode()
    assert till.post(path).status_code == 302
    assert till.get(path).status_code == 404
    assert "erased" in till.get("/asha/admin/customers/customer/").content.decode()
