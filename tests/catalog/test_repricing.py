from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Brand, Category, Price, PriceList, Product
from catalog.operations.groups import save_category
from catalog.operations.prices import save_price_list
from catalog.operations.repricing import Selection, change_prices, preview_prices
from catalog.repricing import Direction, PriceRule
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
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
    rows = preview_prices(Selection(category=Category.objects.get(name="Food")), PriceRule(Decimal(5)), org=shop.org)

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
