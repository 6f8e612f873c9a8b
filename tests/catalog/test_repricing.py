from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import Brand, Category, Price, PriceList, Product
from catalog.operations.groups import save_category
from catalog.operations.prices import PriceInput, save_price_list, set_price
from catalog.operations.repricing import Selection, change_prices, preview_prices
from catalog.repricing import Direction, PriceRule
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.journal.models import AuditEntry
from tests.shop import NOON, Shop


@pytest.mark.parametrize(
    ("rule", "price", "new"),
    [
        ({"percent": "5"}, "49.90", "52.40"),
        ({"percent": "-5"}, "49.90", "47.41"),
        ({"amount": "2.50"}, "49.90", "52.40"),
        ({"amount": "-60"}, "49.90", "0.00"),
        ({"percent": "5", "step": "1"}, "49.90", "52.00"),
        ({"percent": "5", "step": "1", "direction": "up"}, "49.90", "53.00"),
        ({"percent": "5", "step": "0.50", "direction": "down"}, "49.90", "52.00"),
        ({"percent": "5", "step": "10", "ending": "1"}, "49.90", "49.00"),
        ({"percent": "5", "step": "10", "ending": "0.01", "direction": "up"}, "51.00", "59.99"),
    ],
)
def test_a_rule_makes_round_prices(rule: dict[str, str], price: str, new: str) -> None:
    figures = {name: Decimal(value) for name, value in rule.items() if name != "direction"}

    made = PriceRule(**figures, direction=Direction(rule.get("direction", "nearest")))

    assert str(made.apply(Decimal(price), 2)) == new


@pytest.fixture
def shelf(shop: Shop) -> dict[str, Product]:
    food = save_category(Category(name="Food"), actor=shop.actor, at=NOON)
    dairy = save_category(Category(name="Dairy", parent=food), actor=shop.actor, at=NOON)
    brand = Brand.objects.create(name="Amul")
    return {
        "milk": shop.product("Milk", price="60.00", category=dairy, mrp=Decimal("62.00")),
        "curd": shop.product("Curd", price="40.00", category=dairy, brand=brand),
        "soap": shop.product("Soap", price="40.00"),
    }


def test_a_preview_shows_old_and_new_prices_and_what_stays_below_its_mrp(shop: Shop, shelf: dict) -> None:
    rows = preview_prices(
        Selection(category=Category.objects.get(name="Food")), PriceRule(Decimal(5)), org=shop.org, at=NOON
    )

    assert [(row.product.name, row.old, row.new, row.sentence) for row in rows] == [
        ("Curd", Decimal("40.00"), Decimal("42.00"), ""),
        ("Milk", Decimal("60.00"), Decimal("60.00"), "63.00 would be above its MRP of 62.00."),
    ]
    assert Product.objects.get(name="Curd").price == Decimal("40.00")
    assert not Price.objects.exists()


def test_prices_of_a_brand_change_at_once_with_who_and_when(shop: Shop, shelf: dict) -> None:
    changed = change_prices(
        Selection(brand=shelf["curd"].brand), PriceRule(Decimal(10)), org=shop.org, actor=shop.actor, at=NOON
    )

    assert [row.product.name for row in changed] == ["Curd"]
    assert Product.objects.get(name="Curd").price == Decimal("44.00")
    noted = Price.objects.get()
    assert (noted.was, noted.price, noted.valid_from, noted.actor) == (
        Decimal("40.00"),
        Decimal("44.00"),
        NOON,
        "Asha Owner",
    )
    assert AuditEntry.objects.get(action="prices.changed").data["products"] == 1


def test_a_whole_shelf_can_go_into_a_price_list(shop: Shop, shelf: dict) -> None:
    diwali = save_price_list(PriceList(name="Diwali"), actor=shop.actor, at=NOON)

    change_prices(Selection(), PriceRule(Decimal(-10)), price_list=diwali, org=shop.org, actor=shop.actor, at=NOON)

    assert {str(row.product): row.price for row in Price.objects.filter(price_list=diwali)} == {
        "Milk": Decimal("54.00"),
        "Curd": Decimal("36.00"),
        "Soap": Decimal("36.00"),
    }
    assert Product.objects.get(name="Soap").price == Decimal("40.00")


def test_an_inventory_manager_changes_no_prices(shop: Shop, shelf: dict) -> None:
    actor = shop.actor_as(Role.INVENTORY_MANAGER)

    with pytest.raises(Forbidden):
        change_prices(Selection(), PriceRule(Decimal(5)), org=shop.org, actor=actor, at=NOON)
    assert Product.objects.get(name="Soap").price == Decimal("40.00")


def test_a_store_s_prices_go_by_what_they_are_there_and_the_others_stay(shop: Shop, shelf: dict) -> None:
    own = PriceInput(shelf["soap"], Decimal("50.00"), store=shop.store.pk)
    set_price(own, org=shop.org, actor=shop.actor, at=NOON)
    later = NOON + timedelta(days=1)

    change_prices(Selection(), PriceRule(Decimal(-10)), store=shop.store.pk, org=shop.org, actor=shop.actor, at=later)

    noted = Price.objects.filter(store_id=shop.store.pk, valid_from=later)
    assert {str(row.product): (row.was, row.price) for row in noted} == {
        "Milk": (None, Decimal("54.00")),
        "Curd": (None, Decimal("36.00")),
        "Soap": (None, Decimal("45.00")),
    }
    assert Product.objects.get(name="Soap").price == Decimal("40.00")
    assert AuditEntry.objects.get(action="prices.changed").data["store"] == "Koramangala"


def test_a_price_list_says_itself_where_it_holds(shop: Shop, shelf: dict) -> None:
    diwali = save_price_list(PriceList(name="Diwali"), actor=shop.actor, at=NOON)

    with pytest.raises(Invalid, match="A price list says itself in which stores it holds"):
        change_prices(
            Selection(),
            PriceRule(Decimal(-10)),
            price_list=diwali,
            store=shop.store.pk,
            org=shop.org,
            actor=shop.actor,
            at=NOON,
        )


def test_the_page_offers_the_stores_and_changes_prices_there(shop: Shop, till: Client, shelf: dict) -> None:
    page = "/asha/admin/catalog/change-prices/"
    asked = {"percent": "-10", "store": str(shop.store.pk)}
    assert "₹54.00" in till.get(page, asked).content.decode()

    till.post(page, asked)

    assert Price.objects.filter(store_id=shop.store.pk).count() == 3
