"""Receipts as bytes: the commands of reference receipts, every letter printed somehow, nothing of a name obeyed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from billing.documents import bill_document
from billing.escpos.encoder import Printer
from billing.escpos.pictures import draw
from billing.escpos.receipt import receipt_bytes
from billing.escpos.settings import settings_of
from billing.queries import PostedBill
from billing.sale import Tender
from tests import data
from tests.api import Api
from tests.escpos import TEXT, commands
from tests.shop import Shop, line


def printed(shop: Shop, posted: PostedBill, **values: bool) -> bytes:
    return receipt_bytes(bill_document(posted, store=shop.store), settings_of(shop.register), **values)


def texts(receipt: bytes) -> str:
    return b"".join(value for name, value in commands(receipt) if name == TEXT).decode("cp437")


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk = shop.product("Milk 1 l", price="63.00", tracks_stock=False)
    return shop.sell(line(milk, "2"), payments=(Tender("cash", tendered=Decimal("200.00")),))


def test_a_receipt_says_what_was_sold_and_paid(shop: Shop, sold: PostedBill) -> None:
    said = texts(printed(shop, sold))

    for text in ("Asha", "B1A-25-0000001", "Milk 1 l", "Rs.126.00", "Rs.200.00", "Rs.74.00", "CGST 2.5 %"):
        assert text in said
    assert all(len(line) <= 48 for line in said.splitlines())


def test_every_command_is_one_that_the_reference_receipts_give_in_the_same_form(shop: Shop, sold: PostedBill) -> None:
    reference: set[tuple[str, bytes]] = set()
    for name in ("receipt-with-logo", "qr-code", "text-size", "character-encodings"):
        reference |= set(commands(data.path(f"escpos/{name}.bin").read_bytes()))
    ours = list(commands(printed(shop, sold, opens_drawer=True)))

    known = {name for name, _ in reference}
    assert {name for name, _ in ours} <= known | {TEXT}
    for command in ((r"\x1b@", b""), (r"\x1dV", b"A\x03"), (r"\x1bp", b"0\x3c\x78"), (r"\x1ba", b"\x01")):
        assert command in ours
        assert command in reference
    assert ours[0] == (r"\x1b@", b"")
    assert ours[-1] == (r"\x1dV", b"A\x03")
    # The code: choose the model, size of a module, correction, store the text, print it.
    functions = [value[3:5] for name, value in ours if name == r"\x1d("]
    assert functions == [b"1A", b"1C", b"1E", b"1P", b"1Q"]


@pytest.mark.parametrize(("paper", "columns"), [(80, 48), (58, 32)])
def test_a_receipt_fits_its_paper(shop: Shop, sold: PostedBill, paper: int, columns: int) -> None:
    shop.register.paper = paper
    long = shop.product("Basmati rice of the old harvest, extra long grain, in a cotton bag 5 kg", price="1263.00")
    shop.stock(long, "1")

    said = texts(printed(shop, shop.sell(line(long))))

    assert max(len(line) for line in said.splitlines()) <= columns
    assert "1,263.00" in said


def test_the_drawer_opens_for_cash_only_and_only_when_told(shop: Shop, sold: PostedBill) -> None:
    by_card = shop.sell(line(sold.lines[0].product), payments=(Tender("card"),))

    def opens(receipt: bytes) -> bool:
        return r"\x1bp" in [name for name, _ in commands(receipt)]

    assert opens(printed(shop, sold, opens_drawer=True))
    assert not opens(printed(shop, sold))
    assert not opens(printed(shop, by_card, opens_drawer=True))
    shop.register.opens_drawer = False
    assert not opens(printed(shop, sold, opens_drawer=True))


def test_a_hindi_name_is_printed_as_a_picture(shop: Shop) -> None:
    milk = shop.product("दूध १ लीटर", price="63.00", tracks_stock=False)

    receipt = printed(shop, shop.sell(line(milk)))

    pictures = [value for name, value in commands(receipt) if name == r"\x1dv"]
    assert len(pictures) == 1
    assert pictures[0][:4] == b"0\x00\x48\x00"  # 72 bytes: 576 dots wide
    assert "63.00" in texts(receipt)


def test_letters_are_drawn_black_on_the_paper() -> None:
    rows = draw("दूध १ लीटर", width=576, is_large=False, is_centred=False)

    dark = sum(byte.bit_count() for row in rows for byte in row)
    assert {len(row) for row in rows} == {72}
    assert 20 <= len(rows) <= 60
    assert 200 < dark < 576 * len(rows) // 4
    assert not any(row[36] for row in rows), "a short name leaves the right half of the paper white"


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(name=ANYTHING, amount=st.from_regex(r"[0-9]{1,9}\.[0-9]{2}", fullmatch=True))
def test_no_name_becomes_a_command(name: str, amount: str) -> None:
    drawn: list[str] = []

    def note(text: str, *, right: str = "", **_form: object) -> list[bytes]:
        drawn.extend((text, right))
        return []

    printer = Printer(columns=48, dots=576, code_page="cp437", draw=note)
    printer.line(name)
    printer.pair(name, amount)

    said = list(commands(bytes(printer.sent)))
    assert {command for command, _ in said} <= {r"\x1b@", r"\x1bt", r"\x1ba", r"\x1bE", r"\x1d!", TEXT}
    assert amount.encode() in b"".join(value for command, value in said if command == TEXT) or amount in drawn
    assert all(letter.isprintable() or letter in "\u00a0\u202f\u200c\u200d" for text in drawn for letter in text)


def test_the_api_gives_the_bytes_and_the_stranger_nothing(shop: Shop, sold: PostedBill) -> None:
    api = Api(shop)

    answer = api.raw("GET", f"bills/{sold.bill.pk}/escpos")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert answer.content == printed(shop, sold)
    assert api.get(f"bills/{shop.shift.pk}/escpos")[0] == 404
    assert api.raw("GET", f"bills/{sold.bill.pk}/escpos?drawer=true").content == printed(shop, sold, opens_drawer=True)
    code = next(value[5:] for name, value in commands(answer.content) if value[3:5] == b"1P")
    assert b"/b/" in code


def test_a_device_may_have_another_printer_than_its_register(shop: Shop, till: Client, sold: PostedBill) -> None:
    address = f"/{shop.org.slug}/bills/{sold.bill.pk}/receipt/bytes/"
    narrow = settings_of(shop.register, paper=58, code_page="cp858")

    assert till.get(address).content == printed(shop, sold)
    assert till.get(address, {"paper": "58", "code_page": "cp858"}).content == receipt_bytes(
        bill_document(sold, store=shop.store), narrow
    )
    assert till.get(address, {"paper": "57"}).status_code == 400


def test_a_test_print_is_as_wide_as_the_paper(shop: Shop, till: Client) -> None:
    address = f"/{shop.org.slug}/till/{shop.register.pk}/printer/test/"

    for paper, columns in ((80, 48), (58, 32)):
        sample = till.get(address, {"paper": str(paper)}).content
        assert ("1234567890" * 5)[:columns] in texts(sample).splitlines()
        assert list(commands(sample))[-1] == (r"\x1dV", b"A\x03")
        assert r"\x1bp" not in [name for name, _ in commands(sample)]
