"""All goods by their categories, as a touch till shows them."""

from __future__ import annotations

from django.test import Client

from catalog.models import Category
from catalog.queries import category_tiles, goods_in
from tests.shop import NOON, Shop


def test_a_category_counts_what_lies_in_it_and_below(shop: Shop) -> None:
    food = Category.objects.create(name="Food")
    rice, empty = Category.objects.create(name="Rice", parent=food), Category.objects.create(name="Empty")
    drinks = Category.objects.create(name="Drinks")
    for number in range(2):
        shop.product(f"Rice {number}", category=rice)
    shop.product("Salt", category=food)
    shop.product("Cola", category=drinks)
    shop.product("Old rice", category=rice, archived_at=NOON)
    shop.product("Stray")

    assert [(tile.name, tile.goods) for tile in category_tiles(None)] == [("Drinks", 1), ("Food", 3)]
    assert [(tile.name, tile.goods) for tile in category_tiles(food.pk)] == [("Rice", 2)]
    assert category_tiles(empty.pk) == []


def test_many_goods_come_page_by_page(shop: Shop) -> None:
    food = Category.objects.create(name="Food")
    for number in range(25):
        shop.product(f"Thing {number:02}", category=food)

    first, has_more = goods_in(food.pk, 1)
    assert ([tile.name for tile in first], has_more) == ([f"Thing {number:02}" for number in range(24)], True)
    second, has_more = goods_in(food.pk, 2)
    assert ([tile.name for tile in second], has_more) == (["Thing 24"], False)
    assert goods_in(food.pk, 3) == ([], False)


def test_a_page_that_is_none_is_the_first_one(shop: Shop, till: Client) -> None:
    food = Category.objects.create(name="Food")
    shop.product("Salt 1 kg", category=food)
    address = f"/{shop.org.slug}/till/{shop.register.pk}/goods/{food.pk}/"

    for page in ("", "0", "-1", "x", "99999999999"):
        assert "Salt 1 kg" in till.get(address, {"page": page}).content.decode()
    assert till.get(address.replace(str(food.pk), str(shop.register.pk))).status_code == 404
