"""Fifty things that people type at a till, and what they want to see first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from billing.demo.goods import fill_catalog
from billing.demo.plans import ANNAPURNA
from catalog.models import Brand, Product
from catalog.operations.groups import save_brand
from catalog.queries import search
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import NOON, Shop

TAMIL = {"PU001": "துவரம் பருப்பு", "RF006": "கோதுமை மாவு", "VE102": "வெங்காயம்", "DA003": "தயிர்", "OG005": "தேங்காய் எண்ணெய்"}

WANTED = [
    # as it is written, whole or begun
    ("toor dal", "PU001"), ("dal toor", "PU001"), ("TOOR", "PU001"), ("basmati", "RF003"),
    ("basmati 5kg", "RF003"),
    ("basmati rice 5 kg", "RF003"), ("sunf", "OG001"), ("sun oil 5", "OG002"), ("mus oil", "OG003"),
    ("gar mas", "SP006"),
    ("tomato", "VE101"), ("ketchup", "SW003"), ("milk", "SW006"), ("full cream", "DA002"),
    ("toned milk", "DA001"),
    ("green tea", "TC003"), ("salt", "SU005"), ("onion", "VE102"), ("paneer 200g", "DA006"),
    ("butter 500", "DA008"),
    ("8 pieces", "BH009"), ("lady's finger", "VE109"), ("ladys finger", "VE109"), ("led bulb", "PH006"),
    ("aa", "PH007"),
    # misspelled
    ("tomatto", "VE101"), ("basmti rice", "RF003"), ("panir", "DA006"), ("tumeric", "SP001"),
    ("corriander", "SP003"),
    ("shampu", "BH003"), ("bisuits marie", "BS002"), ("detergant bar", "CL002"), ("vermiceli", "RF014"),
    ("brinjel", "VE108"),
    ("caulflower", "VE107"), ("choclate", "SW006"), ("kabuli channa", "PU007"), ("gulab jamoon", "SW008"),
    # in Hindi and Tamil, whole, begun and misspelled
    ("दूध", "DA001"), ("चावल बासमती", "RF003"), ("प्याज", "VE102"), ("हल्दी", "SP001"),
    ("गाय का घी", "OG008"), ("बिस्कु", "BS002"),
    ("துவரம்", "PU001"), ("வெங்காயம்", "VE102"), ("தயிர", "DA003"), ("தேங்காய்", "OG005"),
    # SKU, brand and barcode
    ("pu003", "PU003"), ("SU", "SU001"), ("goshrava ghee", "OG008"), ("kisanvaat moong", "PU002"),
    ("lavanika", "SU005"),
    ("zzzz", "nothing"), ("  ", "nothing"), ("%", "nothing"),
    ("'; DROP TABLE catalog_product; --", "nothing"),
]  # fmt: skip


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    fill_catalog(ANNAPURNA, org=shop.org, actor=shop.actor, at=NOON)
    for product in Product.objects.filter(sku__in=TAMIL):
        product.names["ta"] = TAMIL[product.sku]
        product.save()
    return shop


def best(text: str) -> str:
    return next((item.sku for item in search(text, 10)), "nothing")


def test_the_wanted_product_comes_first(stocked: Shop) -> None:
    found = {text: best(text) for text, _sku in WANTED}

    assert len(WANTED) >= 50
    wrong = {text: (found[text], sku) for text, sku in WANTED if found[text] != sku}
    assert not wrong, "found, wanted"


def test_a_barcode_and_a_sku_come_before_whatever_looks_like_them(shop: Shop) -> None:
    piece, other = shop.product("Milk 500 ml", sku="4011"), shop.product("Milk 4011 special", sku="X")
    shop.barcode(other, "8901030865275")

    assert [item.sku for item in search("4011")] == ["4011", "X"]
    assert [item.sku for item in search("8901030865275")] == ["X"]
    assert piece.pk != other.pk


def test_one_may_ask_for_a_few_only(shop: Shop) -> None:
    for number in range(5):
        shop.product(f"Milk {number}")

    assert [item.name for item in search("milk", 2)] == ["Milk 0", "Milk 1"]


def test_what_is_out_of_sale_is_not_found_at_the_till_and_is_found_where_it_is_asked_for(
    shop: Shop, till: Client
) -> None:
    gone = shop.product("Old milk", archived_at=NOON + timedelta(days=1))

    assert search("milk") == []
    address = "/asha/admin/catalog/product/"
    assert "Old milk" not in till.get(f"{address}?q=milk").content.decode()
    assert "Old milk" in till.get(f"{address}?q=milk&state=archived").content.decode()
    _status, answer = Api(shop).get("products?q=milk")
    assert [row["id"] for row in answer["results"]] == [str(gone.pk)]


def test_a_renamed_brand_is_found_by_its_new_name(shop: Shop) -> None:
    brand = save_brand(Brand(name="Amul"), actor=shop.actor, at=NOON)
    shop.product("Butter 100 g", brand=brand)
    assert [item.name for item in search("amul butter")] == ["Butter 100 g"]

    brand.name = "Nandini"
    save_brand(brand, actor=shop.actor, at=NOON)

    assert [item.name for item in search("nandini")] == ["Butter 100 g"]
    assert search("amul") == []


def test_nothing_of_another_shop_is_ever_found(shop: Shop, other_shop: Shop) -> None:
    shop.barcode(shop.product("Saffron 1 g", sku="SAFFRON"), "8901030865275")
    with org_scope(other_shop.org.pk):
        for text in ("saffron", "safron", "SAFFRON", "8901030865275", "s"):
            assert search(text) == []
    with connection.cursor() as cursor, org_scope(other_shop.org.pk):
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = 'catalog_search'")
        assert all("search_path=shard_" in row[0][0] for row in cursor.fetchall())


def test_the_api_and_the_back_office_list_the_best_first(shop: Shop, till: Client) -> None:
    for name in ("Almond milk 1 l", "Milk 1 l", "Zebra biscuits with milk"):
        shop.product(name)
    wanted = ["Milk 1 l", "Almond milk 1 l", "Zebra biscuits with milk"]

    status, answer = Api(shop).get("products?q=milk&limit=2")
    assert status == 200, answer
    assert [row["name"] for row in answer["results"]] == wanted[:2]
    assert answer["next"] is None
    listed = till.get("/asha/admin/catalog/product/?q=milk").context["cl"].result_list
    assert [product.name for product in listed] == wanted
    by_name = till.get("/asha/admin/catalog/product/?q=milk&o=-2").context["cl"].result_list
    assert [product.name for product in by_name] == sorted(wanted, reverse=True)


def test_search_leaves_words_alone_that_look_like_commands(shop: Shop) -> None:
    shop.product("Milk")
    for text in ("100%", "a_b", "\\", "'' OR 1=1", "\0milk", "🥛 milk", "x" * 5000):
        search(text)
    assert [item.name for item in search("\0milk")] == ["Milk"]
