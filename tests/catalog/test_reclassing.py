"""Taxes by HSN: what was shipped of the change of 22 September 2025, and putting products into other classes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.models import Product, TaxClass
from catalog.operations.reclassing import HsnRule, change_classes, preview_classes
from catalog.operations.tax_classes import DEFAULTS
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.journal.models import AuditEntry
from tests import data
from tests.shop import NOON, Shop

CHANGE = "/asha/admin/catalog/change-taxes/"


def shipped_on(day: str) -> dict[str, Decimal]:
    """The rate with its cess of each shipped class on a day."""
    classes = json.loads(DEFAULTS.read_text())["gst_in"]
    in_force = {row["code"]: [rate for rate in row["rates"] if rate[0] <= day][-1] for row in classes}
    return {code: Decimal(rate) + Decimal(cess) for code, (_since, rate, cess) in in_force.items()}


def test_there_is_a_shipped_class_for_each_change_of_22_september_2025() -> None:
    before, after = shipped_on("2025-09-21"), shipped_on("2025-09-22")
    shipped = {(before[code], after[code]) for code in before}

    for row in data.rows("gst_in/gst_rate_changes_2025-09-22.csv"):
        rate = sum(Decimal(part.removesuffix(" cess")) for part in row["igst_rate_before"].split("+"))
        assert (rate, Decimal(row["igst_rate_from_2025-09-22"])) in shipped, row["goods"]


@pytest.fixture
def bakery(shop: Shop) -> dict[str, Product]:
    return {
        "cake": shop.product("Cake", hsn="19059010", rate="18"),
        "bread": shop.product("Bread", hsn="1905", rate="0"),
        "pasta": shop.product("Pasta", hsn="1902", rate="12"),
        "soap": shop.product("Soap", hsn="", rate="18"),
    }


def classed(code: str) -> TaxClass:
    return TaxClass.objects.get(code=code)


def test_products_of_an_hsn_are_shown_first_and_change_their_class_then(shop: Shop, bakery: dict) -> None:
    rule = HsnRule("1905", classed("gst5"))
    assert [(row.name, row.hsn, row.old) for row in preview_classes(rule)] == [
        ("Bread", "1905", "GST 0 %"),
        ("Cake", "19059010", "GST 18 %"),
    ]

    only_cakes = HsnRule("1905", classed("gst5"), within=classed("gst18"))
    assert [row.name for row in change_classes(only_cakes, actor=shop.actor, at=NOON)] == ["Cake"]

    codes = {product.name: product.tax_class.code for product in Product.objects.select_related("tax_class")}
    assert codes == {"Cake": "gst5", "Bread": "gst0", "Pasta": "gst12", "Soap": "gst18"}
    assert AuditEntry.objects.get(action="tax_class.reclassed").data["products"] == 1


@pytest.mark.parametrize("hsn", ["", "1", "19a5", "190590101", "१९०५"])
def test_what_is_no_hsn_is_refused(shop: Shop, hsn: str) -> None:
    with pytest.raises(Invalid, match="An HSN begins with 2 to 8 figures."):
        preview_classes(HsnRule(hsn, classed("gst5")))


def test_a_store_manager_changes_no_taxes(shop: Shop, bakery: dict) -> None:
    manager = shop.actor_as(Role.STORE_MANAGER)

    with pytest.raises(Forbidden):
        change_classes(HsnRule("1905", classed("gst5")), actor=manager, at=NOON)
    assert Product.objects.get(name="Cake").tax_class.code == "gst18"


def test_the_page_shows_what_it_will_do_and_does_it(shop: Shop, till: Client, bakery: dict) -> None:
    asked: dict[str, Any] = {"hsn": "19", "to": str(classed("gst5").pk)}

    looked = till.get(CHANGE, asked).content.decode()
    assert "3 products would have another tax class from now on." in looked
    assert "Pasta" in looked
    assert Product.objects.get(name="Pasta").tax_class.code == "gst12"

    assert "3 products have another tax class." in till.post(CHANGE, asked, follow=True).content.decode()
    assert Product.objects.get(name="Pasta").tax_class.code == "gst5"
