"""Receipt page, invoice, printer's bytes and mail speak the store's language of receipts, whoever asks for them."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from billing.links import paper_address
from billing.models import BillMessage
from billing.operations.pdfs import store_bill_pdf
from billing.operations.sending import deliver, send_bill
from billing.queries import PostedBill
from billing.sale import Tender
from tests.api import Api
from tests.escpos import commands
from tests.pdf import text_of
from tests.shop import Shop, line

NAMES = {
    "hi": "दूध 1 लीटर",
    "ta": "பால் 1 லிட்டர்",
    "te": "పాలు 1 లీటరు",
    "kn": "ಹಾಲು 1 ಲೀಟರ್",
}
TOTAL = {"en": "Total", "hi": "कुल", "ta": "மொத்தம்", "te": "మొత్తం", "kn": "ಒಟ್ಟು"}
CASH = {"en": "Cash", "hi": "नकद", "ta": "ரொக்கம்", "te": "నగదు", "kn": "ನಗದು"}
THANKS = {"en": "Thank you", "hi": "धन्यवाद", "ta": "நன்றி", "te": "ధన్యవాదాలు", "kn": "ಧನ್ಯವಾದಗಳು"}
LANGUAGES = [*TOTAL]


@pytest.fixture
def posted(shop: Shop) -> PostedBill:
    milk = shop.product("Milk 1 l", price="63.00", names=NAMES, tracks_stock=False)
    return shop.sell(line(milk, "2"), payments=(Tender("cash", tendered=Decimal("200.00")),))


def speaking(shop: Shop, language: str) -> None:
    shop.store.receipt_language = language
    shop.store.save()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_page_speaks_the_stores_language(shop: Shop, posted: PostedBill, language: str) -> None:
    speaking(shop, language)

    page = Api(shop).raw("GET", f"bills/{posted.bill.pk}/receipt").content.decode()

    assert f'<html lang="{language}">' in page
    assert f'<th scope="row">{TOTAL[language]}</th><td>₹126.00</td>' in page
    assert CASH[language] in page
    for of, name in NAMES.items():
        # English paper bears the first other name that the shop has written.
        assert (f'<span lang="{of}">{name}</span>' in page) == (of == language or (language, of) == ("en", "hi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invoice_is_set_in_letters_of_its_language(shop: Shop, posted: PostedBill, language: str) -> None:
    speaking(shop, language)

    with store_bill_pdf(posted.bill.pk).file.open() as pdf:
        text = text_of(pdf.read())

    assert TOTAL[language] in text
    assert NAMES.get(language, NAMES["hi"]) in text
    words = "एक सौ छब्बीस" if language == "hi" else "Rupees one hundred twenty-six only"
    assert words in text


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_printer_gets_labels_as_pictures_and_figures_beside_them(
    shop: Shop, posted: PostedBill, language: str
) -> None:
    speaking(shop, language)

    receipt = Api(shop).raw("GET", f"bills/{posted.bill.pk}/escpos").content

    pictures = [value[6:] for name, value in commands(receipt) if name == r"\x1dv"]
    assert len(pictures) > 5
    for dots in pictures:
        assert sum(byte.bit_count() for byte in dots) > 100, "a line of black letters, not an empty one"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_thanks_in_the_stores_language(shop: Shop, posted: PostedBill, language: str) -> None:
    speaking(shop, language)
    at = timezone.now()
    message = send_bill(
        bill=posted.bill, channel=BillMessage.Channel.EMAIL, to="lakshmi@example.com", actor=shop.actor, at=at
    )

    deliver(message.pk)

    (letter,) = mail.outbox
    assert THANKS[language] in letter.body
    assert posted.bill.number in letter.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_page_speaks_as_the_paper_until_the_reader_chooses(
    shop: Shop, posted: PostedBill, client: Client, language: str
) -> None:
    speaking(shop, language)
    address = urlsplit(paper_address(shop.org.pk, posted.bill.pk)).path

    page = client.get(address).content.decode()

    assert TOTAL[language] in page
    for name in ("English", "हिन्दी", "தமிழ்", "తెలుగు", "ಕನ್ನಡ"):
        assert f">{name}</button>" in page
    client.post("/accounts/language/", {"language": "te", "next": address})
    assert TOTAL["te"] in client.get(address).content.decode()
