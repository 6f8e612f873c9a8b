from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import Category, Family, Product
from catalog.operations.exports import Format, export_products
from pantrypal.core.access import Role
from tests.catalog.importing.lists import bring, bring_reference, counts
from tests.shop import NOON, Shop, inside

NAMES = [
    "'z bregov",
    "*ARANCINI",
    "-10 % tea",
    "+plus",
    "=1+1",
    "@home",
    " spaced\u00a0",
    'a;b,c"d',
    "दूध 1 l",
    "\t=tab",
]


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """A catalog of everything that an export has to carry."""
    outer = Category.objects.create(name="Food")
    inner = Category.objects.create(name="Dairy", parent=outer)
    for number, name in enumerate(NAMES):
        shop.product(name, sku=f"N{number}", price="12.50", names={"hi": f"हिंदी {number}"}, category=inner)
    milk = shop.product("Milk", sku="MILK", mrp=Decimal("70.00"), cost=Decimal("41.2500"), hsn="0401", age_limit=18)
    shop.barcode(milk, "9520000000011")
    shop.barcode(milk, "9520000000028", quantity=Decimal(12), price=Decimal("700.00"))
    shop.barcode(milk, "2801954", kind="plu")
    Product.objects.filter(pk=milk.pk).update(description="One\r\ntwo", tracks_lots=True, unit="l", sold_by="weight")
    Product.objects.filter(sku="N0").update(archived_at=NOON)
    shirt = Family.objects.create(name="Shirt", axes=["Size", "Colour"])
    names = {"hi": "कमीज", "ta": "சட்டை", "te": "చొక్కా", "kn": "ಅಂಗಿ"}
    for size in ("M", "L"):
        shop.product(
            f"Shirt {size}", sku=f"SH-{size}", family=shirt, options={"Size": size, "Colour": "Red"}, names=names
        )
    type(milk.barcodes.first()).objects.filter(code="00000002801954").update(code="2801954")
    return shop


def exported(shop: Shop, form: Format) -> bytes:
    with export_products(form, org=shop.org, actor=shop.actor, at=NOON) as file:
        return file.read()


@pytest.mark.parametrize("form", Format)
def test_an_export_that_is_imported_again_changes_nothing(stocked: Shop, form: Format) -> None:
    first = exported(stocked, form)

    job = bring(stocked, io.BytesIO(first))

    assert counts(job) == (15, 0, 0, 0, 13)
    assert exported(stocked, form) == first


@pytest.mark.parametrize("form", Format)
def test_an_export_makes_the_same_catalog_elsewhere(stocked: Shop, other_shop: Shop, form: Format) -> None:
    first = exported(stocked, form)

    with inside(other_shop):
        job = bring(other_shop, io.BytesIO(first))
        assert counts(job) == (15, 0, 13, 0, 0)
        assert exported(other_shop, form) == first
        assert set(Product.objects.values_list("name", flat=True)) == {*NAMES, "Milk", "Shirt M", "Shirt L"}
        assert Product.objects.get(sku="SH-M").options == {"Size": "M", "Colour": "Red"}
        assert {*Family.objects.get().axes} == {"Size", "Colour"}


def test_a_real_catalog_goes_round_byte_by_byte(shop: Shop) -> None:
    bring_reference(shop, "pricelists_hr/eurospin.csv.gz")
    first = exported(shop, Format.CSV)

    assert bring(shop, io.BytesIO(first)).changed == 0
    assert exported(shop, Format.CSV) == first


def test_no_cell_of_an_export_is_a_formula(stocked: Shop) -> None:
    text = exported(stocked, Format.CSV).decode("utf-8-sig")

    for name in ("=1+1", "+plus", "-10 % tea", "@home", "\t=tab"):
        assert f",{name}," not in text
        assert f"'{name}" in text


@pytest.mark.parametrize("form", Format)
def test_the_back_office_gives_the_file(stocked: Shop, till: Client, form: Format) -> None:
    answer = till.post("/asha/admin/catalog/export/", {"format": form.value})

    assert answer.content == exported(stocked, form)
    assert 'filename="products-asha-' in answer.headers["Content-Disposition"]


def test_a_cashier_takes_no_catalog_along(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.CASHIER))
    assert client.post("/asha/admin/catalog/export/", {"format": "csv"}).status_code == 403
