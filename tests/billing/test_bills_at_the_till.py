"""Bills at the till: found by what stands on the paper, sent, and what is known of who bought."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from billing.links import paper_address
from billing.models import BillMessage
from billing.operations.cart_terms import name_customer
from billing.operations.carts import add_to_cart
from billing.operations.returns import take_goods_back
from billing.queries import PostedBill
from billing.return_request import RefundTender, ReturnLine, ReturnRequest
from billing.sale import Buyer
from billing.typed import Typed
from pantrypal.journal.models import AuditEntry
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk = shop.product("Milk 1 l", price="63.00", sku="MILK", tracks_stock=False)
    return shop.sell(line(milk, "2"), buyer=Buyer(phone="+919812345678", name="Lakshmi"))


def base(shop: Shop) -> str:
    return f"/{shop.org.slug}/till/{shop.register.pk}/"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_code_on_a_receipt_opens_its_bill(shop: Shop, till: Client, sold: PostedBill) -> None:
    code = paper_address(shop.org.pk, sold.bill.pk)

    answer = till.post(base(shop) + "scan/", {"code": code}, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#sheet"
    assert sold.bill.number in text(answer)
    assert sold.bill.number in text(till.get(base(shop) + "bills/", {"q": code}))


def test_the_code_of_another_shops_receipt_opens_nothing(shop: Shop, till: Client, sold: PostedBill) -> None:
    for code in (paper_address(shop.org.pk + 1, uuid7()), paper_address(shop.org.pk, uuid7()), "http://x/b/forged/"):
        answer = till.post(base(shop) + "scan/", {"code": code}, headers={"HX-Request": "true"})
        assert (answer.status_code, "HX-Retarget" in answer) == (422, False)


def test_the_end_of_a_number_opens_the_only_bill_that_has_it(shop: Shop, till: Client, sold: PostedBill) -> None:
    assert "Print again" in text(till.get(base(shop) + "bills/", {"q": "1"}))
    assert "No bill of this store goes by that." in text(till.get(base(shop) + "bills/", {"q": "2"}))
    assert "Print again" not in text(till.get(base(shop) + "bills/"))


def test_whatsapp_is_opened_with_the_link_where_no_provider_sends_it(
    shop: Shop, till: Client, sold: PostedBill
) -> None:
    address = base(shop) + f"bills/{sold.bill.pk}/send/"

    page = text(till.post(address, {"channel": "whatsapp", "to": "98123 45670"}))
    link = urlsplit(page.split('href="https://wa.me')[1].split('"')[0])
    assert link.path == "/919812345670"
    assert sold.bill.number in parse_qs(link.query.replace("&amp;", "&"))["text"][0]
    assert 'value="sms"' not in page
    assert AuditEntry.objects.filter(action="bill.shared").count() == 1
    assert BillMessage.objects.count() == 0
    assert "wa.me/919812345678" in text(till.post(address, {"channel": "whatsapp"}))


def test_a_provider_is_asked_where_there_is_one(shop: Shop, till: Client, sold: PostedBill, settings: Any) -> None:
    settings.MESSAGES_URL = "http://127.0.0.1:1/"

    page = text(till.post(base(shop) + f"bills/{sold.bill.pk}/send/", {"channel": "whatsapp"}))
    assert "On its way to +919812345678." in page
    assert 'value="sms"' in page
    assert "wa.me" not in page


def test_the_till_shows_what_a_customer_has_left_and_when_they_were_here(
    shop: Shop, till: Client, sold: PostedBill
) -> None:
    take_goods_back(
        ReturnRequest(
            id=uuid7(),
            bill=sold.bill,
            store=shop.store,
            register=shop.register,
            reason="sour",
            lines=(ReturnLine(sold.lines[0].pk, Decimal(1), "restock"),),
            refunds=(RefundTender("store_credit"),),
        ),
        actor=shop.actor,
        at=NOON,
    )
    terms = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    add_to_cart(Typed("MILK"), **terms)
    name_customer(phone="9812345678", name="", gstin="", **terms)

    page = text(till.get(base(shop)))
    assert "Store credit ₹63.00" in page
    assert "Last here 2 Mar 2026, ₹126.00" in page
    name_customer(phone="9812345670", name="Ravi", gstin="", **terms)
    page = text(till.get(base(shop)))
    assert "Store credit" not in page
    assert "Nothing bought here yet" in page
