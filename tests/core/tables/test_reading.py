from __future__ import annotations

import gzip
import io
from decimal import Decimal

import pytest

from pantrypal.core.tables import Kind, Layout, read, recognise
from tests.core.tables.workbooks import SHEET, packed, saved


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    file = io.BytesIO(content)
    return [tuple(row) for row in read(file, recognise(file))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859_2"])
def test_croatian_letters_survive_every_encoding(encoding: str) -> None:
    text = "Naziv;Šifra;Cijena\r\n" + "Čokolada ćevap žuta šljiva đumbir;1;2,50\r\n" * 5
    assert rows(text.encode(encoding))[0] == (1, ["Naziv", "Šifra", "Cijena"])
    assert rows(text.encode(encoding))[5] == (6, ["Čokolada ćevap žuta šljiva đumbir", "1", "2,50"])


def test_german_and_french_letters_are_not_taken_for_croatian_ones() -> None:
    text = "Artikel;Preis\n" + "Käse für Brötchen;2,50\nCrème brûlée à la façon;3,50\nPâté très fin;4,50\n" * 5
    assert rows(text.encode("cp1252"))[1:4] == [
        (2, ["Käse für Brötchen", "2,50"]),
        (3, ["Crème brûlée à la façon", "3,50"]),
        (4, ["Pâté très fin", "4,50"]),
    ]


@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
def test_every_delimiter_is_found_with_and_without_quotation_marks(delimiter: str) -> None:
    plain = "name\tcode\tprice\nRice\t1\t2.50\nDal\t2\t3.00\n".replace("\t", delimiter)
    quoted = '"name"\t"code"\t"price"\n"Rice, ""fine""; loose"\t"1"\t"2.50"\n"two\nlines"\t"2"\t"3.00"\n'
    assert rows(plain.encode())[1] == (2, ["Rice", "1", "2.50"])
    assert rows(quoted.replace("\t", delimiter).encode())[1:] == [
        (2, ['Rice, "fine"; loose', "1", "2.50"]),
        (4, ["two\nlines", "2", "3.00"]),
    ]


def test_inches_do_not_swallow_the_lines_that_follow() -> None:
    assert rows(b'name;price\n"5 inch pan;2.50\nTube 3";1.00\nPan 7" round;3.00\n')[1:] == [
        (2, ['"5 inch pan', "2.50"]),
        (3, ['Tube 3"', "1.00"]),
        (4, ['Pan 7" round', "3.00"]),
    ]


def test_a_packed_list_is_read_like_an_unpacked_one() -> None:
    assert rows(gzip.compress(b"name;price\nRice;2.50\n")) == [(1, ["name", "price"]), (2, ["Rice", "2.50"])]


def test_a_workbook_gives_texts_numbers_and_gaps_as_people_see_them() -> None:
    file = saved(
        [["Price list"], [], ["name", None, "code"], ["दूध", 7.99, 8901030865275], ["'x", True, Decimal("0.1")]]
    )
    assert [tuple(row) for row in read(file, recognise(file))] == [
        (1, ["Price list"]),
        (3, ["name", "", "code"]),
        (4, ["दूध", "7.99", "8901030865275"]),
        (5, ["'x", "1", "0.1"]),
    ]


@pytest.mark.parametrize(
    ("stored", "shown"), [("7.9900000000000002", "7.99"), ("8.90103E+12", "8901030000000"), ("12.50", "12.5")]
)
def test_a_number_of_a_workbook_has_the_figures_that_people_see(stored: str, shown: str) -> None:
    file = packed(SHEET.format(f"<row><c><v>{stored}</v></c></row>"))
    assert next(iter(read(file, recognise(file)))).cells == [shown]


def test_texts_in_several_runs_are_one_text() -> None:
    shared = "<sst><si><r><t>Ba</t></r><r><t>smati</t></r><rPh><t>hint</t></rPh></si></sst>"
    file = packed(SHEET.format('<row><c t="s"><v>0</v></c></row>'), sharedStrings=shared)
    assert next(iter(read(file, recognise(file)))).cells == ["Basmati"]


def test_xml_records_become_rows_under_the_names_of_their_elements() -> None:
    markup = b"""<?xml version="1.0" encoding="UTF-8"?>
    <Proizvodi xmlns="urn:x"><ProdajniObjekt><Oblik>SUPERMARKET</Oblik><Proizvodi>
      <Proizvod id="1"><NazivProizvoda>Mlijeko</NazivProizvoda><MaloprodajnaCijena>1,29</MaloprodajnaCijena></Proizvod>
      <Proizvod id="2"><NazivProizvoda>Kruh &amp; sol</NazivProizvoda><Barkod>3850108023558</Barkod></Proizvod>
    </Proizvodi></ProdajniObjekt></Proizvodi>"""
    file = io.BytesIO(markup)
    layout = recognise(file)
    assert layout == Layout(Kind.MARKUP, record="Proizvod")
    assert [tuple(row) for row in read(file, layout)] == [
        (0, ["id", "NazivProizvoda", "MaloprodajnaCijena", "Barkod"]),
        (1, ["1", "Mlijeko", "1,29", ""]),
        (2, ["2", "Kruh & sol", "", "3850108023558"]),
    ]


def test_a_layout_survives_being_kept() -> None:
    layout = Layout(Kind.DELIMITED, "cp1250", ";", quoted=False)
    assert Layout.from_json(layout.as_json()) == layout
