from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import Barcode, Family, Product
from catalog.operations.families import make_variants, save_family
from catalog.operations.till_grid import put_on_grid, take_off_grid
from catalog.queries import favourites
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from tests.shop import NOON, Shop

SIZES = {"Size": ["S", "M"], "Colour": ["red", "deep blue"]}


@pytest.fixture
def shirts(shop: Shop) -> Family:
    return save_family(Family(name="Kurta"), actor=shop.actor, at=NOON)


def variants(shop: Shop, family: Family, values: dict[str, list[str]]) -> list[Product]:
    like = Product.objects.filter(sku="KUR").first() or shop.product(
        "Kurta plain", sku="KUR", price="499.00", hsn="6205"
    )
    return make_variants(family, like=like, values=values, org=shop.org, actor=shop.actor, at=NOON)


def test_every_combination_becomes_a_product_like_the_one_given(shop: Shop, shirts: Family) -> None:
    made = variants(shop, shirts, SIZES)

    assert [(row.sku, row.name, row.options) for row in made] == [
        ("KUR-S-RED", "Kurta S red", {"Size": "S", "Colour": "red"}),
        ("KUR-S-DEEPBLUE", "Kurta S deep blue", {"Size": "S", "Colour": "deep blue"}),
        ("KUR-M-RED", "Kurta M red", {"Size": "M", "Colour": "red"}),
        ("KUR-M-DEEPBLUE", "Kurta M deep blue", {"Size": "M", "Colour": "deep blue"}),
    ]
    assert {(row.price, row.hsn) for row in made} == {(Decimal("499.00"), "6205")}


def test_what_exists_stays_and_only_the_new_is_made(shop: Shop, shirts: Family) -> None:
    first = variants(shop, shirts, SIZES)
    Product.objects.filter(pk=first[0].pk).update(price="450.00")

    more = variants(shop, shirts, {"Size": ["S", "M", "L"], "Colour": ["red"]})

    assert [row.sku for row in more] == ["KUR-L-RED"]
    assert Product.objects.get(pk=first[0].pk).price == Decimal("450.00")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Say what the variants differ in"),
        ({"Size": []}, "Say what the variants differ in"),
        ({"Size": [str(n) for n in range(15)], "Colour": [str(n) for n in range(15)]}, "would make 225 variants"),
    ],
)
def test_too_little_and_too_much_is_refused(shop: Shop, shirts: Family, values: dict, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        variants(shop, shirts, values)


def test_a_family_differs_in_the_same_things_for_all_its_members(shop: Shop, shirts: Family) -> None:
    variants(shop, shirts, SIZES)
    with pytest.raises(Invalid, match="differ in: Size, Colour"):
        variants(shop, shirts, {"Size": ["S"], "Sleeve": ["long"]})


def test_a_family_with_its_variants_is_made_in_the_back_office(shop: Shop, till: Client) -> None:
    shop.product("Kurta plain", sku="KUR", price="499.00")
    form = {"name": "Kurta", "values": "Size: S, M\nColour: red", "like_sku": "KUR"}
    page = till.get("/asha/admin/catalog/family/add/").content.decode()
    prefix = page.split("-TOTAL_FORMS")[0].rsplit('name="', 1)[1]
    management = {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    answer = till.post("/asha/admin/catalog/family/add/", form | management)

    assert answer.status_code == 302
    family = Family.objects.get()
    assert list(Product.objects.filter(family=family).order_by("sku").values_list("sku", flat=True)) == [
        "KUR-M-RED",
        "KUR-S-RED",
    ]
    assert "Kurta M red" in till.get(f"/asha/admin/catalog/family/{family.pk}/change/").content.decode()
    refused = till.post("/asha/admin/catalog/family/add/", form | management | {"name": "B", "like_sku": "NO"})
    assert "There is no product with this SKU." in refused.content.decode()


def test_tiles_of_the_till_keep_their_order_and_leave_what_is_archived_out(shop: Shop) -> None:
    tea, milk, old = shop.product("Tea"), shop.product("Milk"), shop.product("Old")
    assert put_on_grid([tea.pk], actor=shop.actor, at=NOON) == 1
    assert put_on_grid([milk.pk, tea.pk, old.pk], actor=shop.actor, at=NOON) == 2
    Product.objects.filter(pk=old.pk).update(archived_at=NOON)

    assert [tile.name for tile in favourites()] == ["Tea", "Milk"]
    assert take_off_grid([tea.pk, old.pk], actor=shop.actor, at=NOON) == 2
    assert [(tile.name, tile.price) for tile in favourites()] == [("Milk", Decimal("63.00"))]
    with pytest.raises(Forbidden):
        put_on_grid([tea.pk], actor=shop.actor_as(Role.CASHIER), at=NOON)


def test_the_grid_is_filled_from_the_list(shop: Shop, till: Client) -> None:
    milk = shop.product("Milk")
    page = till.post(
        "/asha/admin/catalog/product/", {"action": "put_on_grid", "_selected_action": [milk.pk]}, follow=True
    )
    assert "1 product is new on the till&#x27;s grid." in page.content.decode()


def test_the_list_of_codes_opens_with_the_plu_numbers(shop: Shop, till: Client) -> None:
    onion = shop.product("Onion", price="40.00", unit="kg", sold_by="weight")
    Barcode.objects.create(product=onion, kind=Barcode.Kind.PLU, code="4093")
    shop.barcode(shop.product("Milk"), "8901030865275")

    page = till.get("/asha/admin/catalog/barcode/").content.decode()
    assert "4093" in page
    assert "8901030865275" not in page
    assert "8901030865275" in till.get("/asha/admin/catalog/barcode/?kind__exact=gtin").content.decode()
