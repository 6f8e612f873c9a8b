"""A bill outside the house: the page behind the code on its paper, the mail with its PDF, the link by SMS."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
import zxingcpp
from django.core import mail
from django.test import Client
from pypdfium2 import PdfDocument

from billing import links
from billing.documents import bill_document
from billing.messaging import MessageNotSent
from billing.models import BillMessage
from billing.operations.pairing import pair_device
from billing.operations.pdfs import store_bill_pdf
from billing.operations.returns import take_goods_back
from billing.operations.sending import MessagesNotSetUp, deliver, send_bill
from billing.pdf.rendering import Paper, bill_as_pdf
from billing.queries import PostedBill
from billing.return_request import ReturnRequest
from billing.sale import Buyer
from billing.tasks import tell_owners_of_clone, tell_owners_of_wrong_pins
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import InboxEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.pdf import text_of
from tests.shop import NOON, Shop, line
from tests.stand_in import stand_in

NASTY = "<script>alert(1)</script>"
LAKSHMI = Buyer(phone="+919812345678", name=f"Lakshmi {NASTY}", email="lakshmi@example.com")
Channel = BillMessage.Channel


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk = shop.product(f"Milk {NASTY}", price="63.00", tracks_stock=False)
    return shop.sell(line(milk, "2"), buyer=LAKSHMI)


def path(address: str) -> str:
    return urlsplit(address).path


def test_the_code_on_the_paper_leads_to_a_page_that_says_the_bill_is_genuine(
    shop: Shop, sold: PostedBill, client: Client
) -> None:
    answer = client.get(path(links.paper_address(shop.org.pk, sold.bill.pk)))

    page = answer.content.decode()
    assert answer.status_code == 200
    for text in (sold.bill.number, "₹126.00", "This bill is genuine", "Milk &lt;script&gt;"):
        assert text in page
    for text in (NASTY, "Lakshmi", "9812345678", "lakshmi@", "invoice.pdf"):
        assert text not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]


def test_the_page_says_what_has_come_back(shop: Shop, sold: PostedBill, client: Client) -> None:
    asked = ReturnRequest(uuid7(), sold.bill, shop.store, shop.register, "sour")
    note = take_goods_back(asked, actor=shop.actor, at=NOON).note

    assert note.number in client.get(path(links.paper_address(shop.org.pk, sold.bill.pk))).content.decode()


def test_only_our_own_links_open_a_bill(shop: Shop, other_shop: Shop, sold: PostedBill, client: Client) -> None:
    address = path(links.paper_address(shop.org.pk, sold.bill.pk))
    strange = [
        address[:-3] + "xx/",
        "/b/nonsense/",
        path(links.paper_address(other_shop.org.pk, sold.bill.pk)),
        path(links.paper_address(shop.org.pk, uuid7())),
        f"{address}invoice.pdf",
    ]

    assert [client.get(each).status_code for each in strange] == [404] * len(strange)
    assert client.post(address).status_code == 405


def test_a_shared_link_hands_out_the_pdf_until_it_expires(shop: Shop, sold: PostedBill, client: Client) -> None:
    address = path(links.shared_address(shop.org.pk, sold.bill.pk))
    assert client.get(f"{address}invoice.pdf").status_code == 202
    store_bill_pdf(sold.bill.pk)

    answer = client.get(f"{address}invoice.pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert sold.bill.number in text_of(b"".join(answer.streaming_content))
    assert f"{address}invoice.pdf" in client.get(address).content.decode()
    with time_machine.travel(timedelta(days=91), tick=False):
        assert client.get(address).status_code == 404


def test_the_pdfs_code_is_that_address(shop: Shop, sold: PostedBill) -> None:
    pdf = bill_as_pdf(bill_document(sold, store=shop.store), Paper.ROLL_80_MM)

    codes = zxingcpp.read_barcodes(PdfDocument(pdf)[0].render(scale=4).to_pil())
    assert [code.text for code in codes] == [links.paper_address(shop.org.pk, sold.bill.pk)]


def test_a_bill_is_mailed_once_with_its_pdf(shop: Shop, sold: PostedBill) -> None:
    message = send_bill(bill=sold.bill, channel=Channel.EMAIL, to="", actor=shop.actor, at=NOON)

    for _ in range(2):
        deliver(message.pk)

    (sent,) = mail.outbox
    assert sent.to == ["lakshmi@example.com"]
    assert sent.subject == f"Your bill {sold.bill.number} from Asha"
    assert "/b/" in sent.body
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == (f"{sold.bill.number}.pdf", "application/pdf")
    assert NASTY in text_of(content).replace("\n", " ")
    message.refresh_from_db()
    assert message.sent_at is not None


def test_a_shops_name_cannot_break_the_mails_head(shop: Shop, sold: PostedBill) -> None:
    shop.org.name = "Asha\r\nBcc: all@example.com"
    shop.org.save()
    message = send_bill(bill=sold.bill, channel=Channel.EMAIL, to="x@example.com", actor=shop.actor, at=NOON)

    deliver(message.pk)

    assert mail.outbox[0].subject.endswith("from Asha Bcc: all@example.com")
    assert mail.outbox[0].recipients() == ["x@example.com"]


def test_a_link_goes_by_sms_through_the_provider(shop: Shop, sold: PostedBill, settings) -> None:
    with stand_in((503, {}), (202, {"id": "SM1"})) as provider:
        settings.MESSAGES_URL, settings.MESSAGES_TOKEN = provider.url, "secret"
        message = send_bill(bill=sold.bill, channel=Channel.SMS, to="", actor=shop.actor, at=NOON)
        with pytest.raises(MessageNotSent):
            deliver(message.pk)
        deliver(message.pk)
        deliver(message.pk)

    assert len(provider.received) == 2
    first, again = provider.received
    assert again.json["to"] == "+919812345678"
    assert again.json["text"].startswith(f"Asha: your bill {sold.bill.number}, ₹126.00: http")
    assert again.headers["Authorization"] == "Bearer secret"
    assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"]
    message.refresh_from_db()
    assert message.reference == "SM1"


def test_where_no_provider_is_set_up_sms_is_refused(shop: Shop, sold: PostedBill) -> None:
    with pytest.raises(MessagesNotSetUp):
        send_bill(bill=sold.bill, channel=Channel.SMS, to="", actor=shop.actor, at=NOON)

    assert not BillMessage.objects.exists()


@pytest.mark.parametrize("to", ["nobody", "a@b\nBcc: c@d.example", "x" * 300 + "@example.com"])
def test_an_address_that_cannot_be_one_is_refused(shop: Shop, sold: PostedBill, to: str) -> None:
    with pytest.raises(Invalid):
        send_bill(bill=sold.bill, channel=Channel.EMAIL, to=to, actor=shop.actor, at=NOON)


def test_the_api_sends_a_bill(shop: Shop, sold: PostedBill) -> None:
    status, answer = Api(shop).post(f"bills/{sold.bill.pk}/send", {"to": "ravi@example.com"})

    assert (status, answer["channel"], answer["to"]) == (202, "email", "ravi@example.com")
    assert OutboxEvent.objects.get(topic="bill.send").payload == {"message": answer["id"]}


@pytest.mark.parametrize(
    ("topic", "task", "words"),
    [
        ("pin.locked", tell_owners_of_wrong_pins, "Too many wrong PINs"),
        ("device.cloned", tell_owners_of_clone, "FB1A-25-0000001"),
    ],
)
def test_the_owner_hears_of_it_by_mail(shop: Shop, topic: str, task, words: str) -> None:
    device, _token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    event = OutboxEvent.emit(topic, device=str(device.pk), number="FB1A-25-0000001")
    InboxEntry.objects.create(event=event, consumer=task.name, next_at=NOON)

    task(str(event.pk))

    (sent,) = mail.outbox
    assert sent.to == [shop.owner.email]
    assert words in sent.body
    assert "Blue tablet" in sent.body
