from __future__ import annotations

from decimal import Decimal

import pytest

from billing.documents import bill_document
from billing.models import Bill, BillPdf
from billing.operations.pdfs import store_bill_pdf
from billing.pdf.rendering import Paper, bill_as_pdf
from billing.pdf.words import HINDI_SMALL, rupees_in_words
from billing.queries import PostedBill, bill_pdf
from billing.sale import Buyer, Tender
from pantrypal.tenancy.context import org_scope
from tests.pdf import page_sizes, text_of
from tests.shop import Shop, line

GSTIN = "29AAGCB7383J1Z4"


@pytest.fixture
def posted(shop: Shop) -> PostedBill:
    """Two milk in Hindi too, and half a kilo of tomatoes, sold by a registered shop to a registered buyer."""
    shop.store.gstin = GSTIN
    milk = shop.product("Toned milk 500 ml", price="63.00", hsn="04012000", names={"hi": "टोंड दूध 500 मि.ली."})
    tomato = shop.product("Tomato", price="40.00", rate="0", unit="kg", sold_by="weight", hsn="0702")
    shop.stock(milk, "10")
    shop.stock(tomato, "10")
    buyer = Buyer(phone="98123 45678", name="Lakshmi #1 *Stores* $x$", gstin=GSTIN)
    cash = Tender("cash", tendered=Decimal("200.00"))
    return shop.sell(line(milk, "2"), line(tomato, "0.500"), buyer=buyer, payments=(cash,))


def test_the_invoice_bears_what_rule_46_asks_for(shop: Shop, posted: PostedBill) -> None:
    pdf = bill_as_pdf(bill_document(posted, store=shop.store))
    text = text_of(pdf)

    assert page_sizes(pdf) == [(210, 297)]
    for particular in (
        "Tax invoice",
        posted.bill.number,
        "2 Mar 2026, 12:00",
        "Asha Retail Pvt Ltd",
        "29AAGCB7383J1Z4",
        "Place of supply 29 Karnataka",
        "04012000",
        "CGST 2.5 % 120.00 3.00",
        "SGST 2.5 % 120.00 3.00",
        "0.5 kg",
        "₹146.00",
        "Rupees one hundred forty-six only",
        "Change ₹54.00",
    ):
        assert particular in text


def test_hindi_names_stand_under_the_english_ones(shop: Shop, posted: PostedBill) -> None:
    for paper in Paper:
        text = text_of(bill_as_pdf(bill_document(posted, store=shop.store), paper))
        assert "Toned milk 500 ml\nटोंड दूध 500 मि.ली." in text


def test_a_customers_text_is_never_markup(shop: Shop, posted: PostedBill) -> None:
    assert "Lakshmi #1 *Stores* $x$" in text_of(bill_as_pdf(bill_document(posted, store=shop.store)))


def test_the_roll_is_80_mm_wide_and_as_long_as_it_needs_to_be(shop: Shop, posted: PostedBill) -> None:
    pdf = bill_as_pdf(bill_document(posted, store=shop.store), Paper.ROLL_80_MM)
    ((width, height),) = page_sizes(pdf)

    assert width == 80
    assert height > 80
    assert "Handed over\n₹200.00\nChange\n₹54.00" in text_of(pdf).replace(" ₹", "\n₹")


def test_a_bill_without_tax_is_a_bill_of_supply(shop: Shop) -> None:
    shop.store.gstin = GSTIN
    tomato = shop.product("Tomato", rate="0")
    shop.stock(tomato, "1")
    pdf = bill_as_pdf(bill_document(shop.sell(line(tomato)), store=shop.store))

    assert "Bill of supply" in text_of(pdf)


def test_a_long_bill_goes_on_over_pages(shop: Shop, posted: PostedBill) -> None:
    document = bill_document(posted, store=shop.store)
    document["lines"] = document["lines"] * 60
    pdf = bill_as_pdf(document)

    assert len(page_sizes(pdf)) > 1
    assert "Page 2 / " in text_of(pdf)


def test_the_pdf_is_made_once_and_kept_below_the_organization(shop: Shop, posted: PostedBill) -> None:
    assert bill_pdf(posted.bill.pk) is None

    first = store_bill_pdf(posted.bill.pk)
    again = store_bill_pdf(posted.bill.pk)

    assert again == first == BillPdf.objects.get()
    assert first.file.name.startswith(f"orgs/{shop.org.pk}/bills/2026-03/")
    file = bill_pdf(posted.bill.pk)
    assert file is not None
    with file.open() as pdf:
        assert posted.bill.number in text_of(pdf.read())


def test_a_file_left_by_a_try_that_was_rolled_back_is_written_anew(shop: Shop, posted: PostedBill) -> None:
    kept = store_bill_pdf(posted.bill.pk)
    kept.delete()

    assert store_bill_pdf(posted.bill.pk).file.name == kept.file.name


def test_another_shop_finds_no_pdf_of_ours(shop: Shop, other_shop: Shop, posted: PostedBill) -> None:
    store_bill_pdf(posted.bill.pk)

    with org_scope(other_shop.org.pk):
        assert bill_pdf(posted.bill.pk) is None
        with pytest.raises(Bill.DoesNotExist):
            store_bill_pdf(posted.bill.pk)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.05", "Rupees zero and five paise only"),
        ("20.00", "Rupees twenty only"),
        ("1284.50", "Rupees one thousand two hundred eighty-four and fifty paise only"),
        ("12345678.00", "Rupees one crore twenty-three lakh forty-five thousand six hundred seventy-eight only"),
    ],
)
def test_amounts_are_said_in_lakh_and_crore(amount: str, words: str) -> None:
    assert rupees_in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.05", "शून्य रुपये और पाँच पैसे मात्र"),
        ("1284.50", "एक हज़ार दो सौ चौरासी रुपये और पचास पैसे मात्र"),
        ("12345679.00", "एक करोड़ तेईस लाख पैंतालीस हज़ार छह सौ उनासी रुपये मात्र"),
    ],
)
def test_hindi_paper_says_them_in_hindi(amount: str, words: str) -> None:
    assert rupees_in_words(Decimal(amount), "hi") == words
    assert len(set(HINDI_SMALL)) == 100
