"""Labels on paper: what scanners read back from them, and what people do."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import unquote

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from catalog.labels import SHEETS, LabelOrder, Style, labels_as_pdf
from catalog.labels.symbols import Symbol
from catalog.labels.unit_price import unit_price
from catalog.models import Barcode, Product
from pantrypal.core.errors import Invalid
from tests.pdf import text_of
from tests.shop import NOON, Shop


def printed(shop: Shop, products: list[Product], sheet: str = "a4-24", **values: object) -> bytes:
    return labels_as_pdf(products, LabelOrder(sheet, **values), org=shop.org, at=NOON)


def scanned(pdf: bytes) -> list[tuple[str, str]]:
    """What a scanner reads on each page: kind and text."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=4, grayscale=True).to_pil()
        found += [
            (re.sub(r"\W|BarcodeFormat", "", str(code.format)), code.text) for code in zxingcpp.read_barcodes(picture)
        ]
    return sorted(found)


@pytest.fixture
def goods(shop: Shop) -> list[Product]:
    milk = shop.product("Milk 500 ml", price="31.00", mrp=Decimal("32.00"), sku="MILK", names={"hi": "दूध"})
    case = shop.barcode(milk, "18901030865272")
    Barcode.objects.filter(pk=case.pk).update(quantity=12)
    shop.barcode(milk, "8901030865275")
    tea = shop.product("Tea 250 g", price="140.00", sku="TEA-250")
    onion = shop.product("Onion", price="40.00", sku="ON", unit="kg", sold_by="weight")
    Barcode.objects.create(product=onion, kind=Barcode.Kind.PLU, code="4093")
    small = shop.product("Gum", price="5.00")
    shop.barcode(small, "96385074")
    return [milk, tea, onion, small]


WANTED = [("Code128", "4093"), ("Code128", "TEA-250"), ("EAN13", "8901030865275"), ("EAN8", "96385074")]


@pytest.mark.parametrize(
    ("sheet", "style"),
    [
        ("a4-65", Style.PACK),
        ("a4-40", Style.SHELF),
        ("a4-24", Style.CODE),
        ("a4-14", Style.SHELF),
        ("roll-50", Style.SHELF),
        ("roll-38", Style.PACK),
    ],
)
def test_every_label_can_be_scanned(shop: Shop, goods: list[Product], sheet: str, style: Style) -> None:
    pdf = printed(shop, goods, sheet, style=style)

    assert sheet in SHEETS
    assert scanned(pdf) == WANTED
    assert len(pypdfium2.PdfDocument(pdf)) == (4 if sheet.startswith("roll") else 1)


def test_the_same_as_qr(shop: Shop, goods: list[Product]) -> None:
    pdf = printed(shop, goods, "a4-24", style=Style.SHELF, symbol=Symbol.QR)
    assert scanned(pdf) == [("QRCode", text) for text in ("4093", "8901030865275", "96385074", "TEA-250")]


def test_a_shelf_label_says_price_unit_price_and_mrp(shop: Shop, goods: list[Product]) -> None:
    text = text_of(printed(shop, goods, "a4-14", style=Style.SHELF))

    for said in ("Milk 500 ml", "दूध", "₹31.00", "₹62.00 / l", "MRP ₹32.00", "₹560.00 / kg", "₹40.00 / kg"):
        assert said in text


@pytest.mark.parametrize(
    ("name", "price", "values", "wanted"),
    [
        ("Tea 250 g", "140.00", {}, ("560.00", "kg")),
        ("Soap 3 x 100 g", "90.00", {}, ("300.00", "kg")),
        ("Oil 1 l", "180.00", {}, None),
        ("Oil 5 l", "900.00", {}, ("180.00", "l")),
        ("Water 1.5 Ltr", "30.00", {}, ("20.00", "l")),
        ("Pasta 500 g with sauce 100 g", "99.00", {}, None),
        ("LED bulb 9 W", "99.00", {}, None),
        ("Eggs 6 pieces", "60.00", {}, None),
        ("Saffron", "300.00", {"unit": "g", "sold_by": "weight"}, ("300000.00", "kg")),
        ("Onion", "40.00", {"unit": "kg", "sold_by": "weight"}, ("40.00", "kg")),
    ],
)
def test_the_price_of_a_kilogram_or_litre_is_told_by_the_content(
    shop: Shop, name: str, price: str, values: dict[str, str], wanted: tuple[str, str] | None
) -> None:
    told = unit_price(shop.product(name, price=price, **values), 2)
    assert told == (None if wanted is None else (Decimal(wanted[0]), wanted[1]))


def test_copies_go_on_behind_the_labels_that_are_used_up(shop: Shop, goods: list[Product]) -> None:
    pdf = printed(shop, goods[:1], "a4-24", copies=3, skip=22)

    document = pypdfium2.PdfDocument(pdf)
    assert [page.get_textpage().get_text_range().count("8901030865275") for page in document] == [2, 1]
    with pytest.raises(Invalid, match="At most 2000 labels"):
        printed(shop, goods, copies=501)


def test_labels_are_chosen_in_the_list_and_printed(
    shop: Shop, other_shop: Shop, till: Client, goods: list[Product]
) -> None:
    chosen = {"action": "print_labels", "_selected_action": [product.pk for product in goods]}
    page = till.post("/asha/admin/catalog/product/", chosen, follow=True)
    assert "4 products" in page.content.decode()
    address = page.request["PATH_INFO"]
    query = {"ids": unquote(page.request["QUERY_STRING"].removeprefix("ids=")), "style": "pack", "sheet": "a4-65"}

    pdf = till.get("/asha/admin/catalog/labels/", query | {"symbol": "bars", "copies": 2, "skip": 0})

    assert address.endswith("/catalog/labels/")
    assert pdf["Content-Type"] == "application/pdf"
    assert text_of(pdf.content).count("TEA-250") == 2
    refused = till.get("/asha/admin/catalog/labels/", query | {"symbol": "bars", "copies": 0, "skip": 0})
    assert "Ensure this value is greater than or equal to 1." in refused.content.decode()
    stranger = Client()
    stranger.force_login(other_shop.owner)
    answer = stranger.get("/bala/admin/catalog/labels/", query | {"symbol": "bars", "copies": 1, "skip": 0})
    assert (answer.status_code, answer["Location"]) == (302, "/bala/admin/catalog/product/")
