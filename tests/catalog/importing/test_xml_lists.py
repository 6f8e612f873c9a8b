"""XML price lists as Croatian and German chains publish them."""

from __future__ import annotations

import io

from catalog.importing.recognition import recognise_list
from tests.catalog.importing.lists import bring, counts, product, reasons
from tests.shop import Shop

CROATIAN = """<?xml version="1.0" encoding="{encoding}"?>
<Proizvodi>
  <ProdajniObjekt>
    <Oblik>SUPERMARKET</Oblik><Adresa>VALKANELA 10</Adresa><Oznaka>T001</Oznaka>
    <Proizvodi>
      <Proizvod>
        <NazivProizvoda>Čokolada &amp; lješnjak</NazivProizvoda><SifraProizvoda>001</SifraProizvoda>
        <MarkaProizvoda>KRAŠ</MarkaProizvoda><NetoKolicina>0,1</NetoKolicina><JedinicaMjere>KG</JedinicaMjere>
        <MaloprodajnaCijena>1,99</MaloprodajnaCijena><CijenaZaJedinicuMjere>19,90</CijenaZaJedinicuMjere>
        <MaloprodajnaCijenaAkcija></MaloprodajnaCijenaAkcija><Barkod>3850108023558</Barkod>
      </Proizvod>
      <Proizvod>
        <NazivProizvoda>Mlijeko 1 l</NazivProizvoda><SifraProizvoda>002</SifraProizvoda>
        <MaloprodajnaCijena></MaloprodajnaCijena><MaloprodajnaCijenaAkcija>0,99</MaloprodajnaCijenaAkcija>
        <Barkod>3850108023572</Barkod>
      </Proizvod>
      <Proizvod>
        <NazivProizvoda>Kruh</NazivProizvoda><SifraProizvoda>003</SifraProizvoda>
        <MaloprodajnaCijena>0,79</MaloprodajnaCijena><Barkod>3850108023573</Barkod>
      </Proizvod>
    </Proizvodi>
  </ProdajniObjekt>
</Proizvodi>"""

OTHER_CROATIAN = """<?xml version="1.0"?>
<DocumentElement>
  <cjenik_x0020_za_x0020_web><naziv_artikla>Sol</naziv_artikla><sifra_artikla>9</sifra_artikla><jm>KOM</jm>
    <mpc>0.45</mpc><cijena_za_jedinicu_mjere>0.45</cijena_za_jedinicu_mjere><bar_kod>3850108023558</bar_kod>
  </cjenik_x0020_za_x0020_web>
  <cjenik_x0020_za_x0020_web><naziv_artikla>Papar</naziv_artikla><sifra_artikla>10</sifra_artikla><jm>KOM</jm>
    <mpc>1.45</mpc><bar_kod/></cjenik_x0020_za_x0020_web>
</DocumentElement>"""

GERMAN = """<Preisliste xmlns="urn:beispiel">
  <Artikel Artikelnummer="A1" EAN="4067700015020"><Bezeichnung>Käse</Bezeichnung><Marke>Hof</Marke>
    <Warengruppe>Molkerei</Warengruppe><Preis>2,49</Preis><Grundpreis>12,45</Grundpreis></Artikel>
  <Artikel Artikelnummer="A2" EAN="4067700015013"><Bezeichnung>Brötchen</Bezeichnung><Preis>0,35</Preis></Artikel>
</Preisliste>"""


def test_a_croatian_list_with_its_store_around_the_products(shop: Shop) -> None:
    for encoding in ("utf-8", "windows-1250"):
        job = bring(shop, io.BytesIO(CROATIAN.format(encoding=encoding).encode(encoding)))
        assert (job.accepted, job.rejected) == (2, 1)
        assert reasons(job) == [(3, "bad_check_digit")]
    chocolate = product("001")
    assert (chocolate.name, str(chocolate.price), str(chocolate.brand)) == ("Čokolada & lješnjak", "1.99", "KRAŠ")
    assert str(product("002").price) == "0.99"
    assert job.remarks == {"promotion_price_used": 1}


def test_a_croatian_list_as_a_database_writes_it(shop: Shop) -> None:
    job = bring(shop, io.BytesIO(OTHER_CROATIAN.encode()))

    assert counts(job) == (2, 0, 2, 0, 0)
    assert [str(product(sku).price) for sku in ("9", "10")] == ["0.45", "1.45"]


def test_a_german_list_with_codes_as_attributes(shop: Shop) -> None:
    recognised = recognise_list(io.BytesIO(GERMAN.encode()))
    assert recognised.settings.layout.record == "Artikel"

    job = bring(shop, io.BytesIO(GERMAN.encode()))

    assert counts(job) == (2, 0, 2, 0, 0)
    cheese = product("A1")
    assert (cheese.name, str(cheese.price), str(cheese.category)) == ("Käse", "2.49", "Molkerei")
    assert counts(bring(shop, io.BytesIO(GERMAN.encode()))) == (2, 0, 0, 0, 2)
