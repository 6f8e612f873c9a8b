from __future__ import annotations

import pytest

from catalog.importing.columns import Column, column_of, columns_of


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("NAZIV_PROIZVODA", Column.NAME),
        ("naziv_artikla", Column.NAME),
        ("Product Name", Column.NAME),
        ("Artikelbezeichnung", Column.NAME),
        ("वस्तु का नाम", Column.NAME),
        ("ŠIFRA PROIZVODA", Column.SKU),
        ("ifra proizvoda", Column.SKU),  # its first letter lost
        ("SifraProizvoda", Column.SKU),
        ("Artikelnummer", Column.SKU),
        ("Item Code", Column.SKU),
        ("bar_kod", Column.BARCODE),
        ("EAN", Column.BARCODE),
        ("बारकोड", Column.BARCODE),
        ("MALOPROD.CIJENA(EUR)", Column.PRICE),
        ("MPC", Column.PRICE),
        ("Selling Price", Column.PRICE),
        ("Verkaufspreis", Column.PRICE),
        ("मूल्य", Column.PRICE),
        ("MPC za vrijeme posebnog oblika prodaje", Column.PROMOTION_PRICE),
        ("Aktionspreis", Column.PROMOTION_PRICE),
        ("M.R.P.", Column.MRP),
        ("UVP", Column.MRP),
        ("GST %", Column.TAX_RATE),
        ("HSN Code", Column.HSN),
        ("Marke", Column.BRAND),
        ("Warengruppe", Column.CATEGORY),
        ("JM", Column.UNIT),
        ("Cijena za jedinicu mjere", None),
        ("POSEB.OBLIK_PROD__ZA_JEDINICU_MJERE", None),
        ("Grundpreis pro kg", None),
        ("Najniža cijena u posljednjih 30 dana", None),
        ("Sidrena cijena na 2.5.2025", None),
        ("akc.cijena, A=akcija", None),
        ("", None),
    ],
)
def test_a_header_says_what_its_column_holds(header: str, column: Column | None) -> None:
    assert column_of(header) == column


def test_a_header_over_two_columns_names_both() -> None:
    assert columns_of(["naziv + šifra", "", "marka"]) == {0: Column.NAME, 1: Column.SKU, 2: Column.BRAND}


def test_a_running_number_is_an_item_code_only_for_want_of_a_better_one() -> None:
    assert columns_of(["index", "product"]) == {0: Column.SKU, 1: Column.NAME}
    assert columns_of(["index", "product", "sku"]) == {1: Column.NAME, 2: Column.SKU}
