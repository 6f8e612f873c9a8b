from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Barcode, Brand, Category, Family, ImportChange, ImportJob, Product, ScaleLabel
from catalog.operations.import_products import undo_import
from catalog.operations.imports.runs import start_import
from catalog.refusals import ImportAtWork
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.catalog.importing.lists import bring, bring_reference, listed, product, reasons
from tests.shop import NOON, Shop, line

OLD = ("Rice;R1;9520000000011;120;130;Annapurna;Grocery", "Dal;D1;;168;;;")
NEW = ("Fine rice;R1;9520000000028;125;130;Other;Food", "Dal;D1;;168;;;", "Pork;M1;2801954000000;9;;Other;Food")


def catalog() -> dict[str, list[Any]]:
    """All of it, but for when a product was last touched."""
    products = [
        {name: value for name, value in row.items() if name != "updated_at"}
        for row in Product.objects.order_by("pk").values()
    ]
    others = [list(model.objects.order_by("pk").values()) for model in (Barcode, Brand, Category, ScaleLabel)]
    return {"products": products, "others": others}


def outcomes(job: ImportJob) -> dict[str, str]:
    products = ImportChange.objects.filter(job=job, kind="product")
    return dict(products.values_list("label", "undone"))


def test_an_undone_import_leaves_the_catalog_as_it_was_to_the_row(shop: Shop) -> None:
    bring(shop, listed(*OLD))
    before = catalog()
    job = bring(shop, listed(*NEW))
    assert catalog() != before

    undone = undo_import(job.pk, actor=shop.actor, at=NOON)

    assert undone.state == "undone"
    assert catalog() == before
    assert outcomes(job) == {"Fine rice": "restored", "Pork": "removed"}
    assert AuditEntry.objects.get(action="catalog.import_undone").data == {"removed": 1, "restored": 1}
    assert OutboxEvent.objects.filter(topic="catalog.import_undone").count() == 1


def test_a_product_sold_since_is_archived_because_its_bill_refers_to_it(shop: Shop) -> None:
    job = bring(shop, listed(*OLD))
    sold = product("R1")
    shop.sell(line(sold))

    undo_import(job.pk, actor=shop.actor, at=NOON)

    sold.refresh_from_db()
    assert sold.archived_at == NOON
    assert [row.sku for row in Product.objects.all()] == ["R1"]
    assert outcomes(job) == {"Rice": "archived", "Dal": "removed"}
    assert Brand.objects.get().name == "Annapurna"


def test_what_somebody_has_changed_since_stays_as_they_left_it(shop: Shop) -> None:
    bring(shop, listed(*OLD))
    job = bring(shop, listed(*NEW))
    Product.objects.filter(sku="R1").update(price=Decimal("127.00"))

    undo_import(job.pk, actor=shop.actor, at=NOON)

    rice = product("R1")
    assert (rice.name, rice.price) == ("Rice", Decimal("127.00"))
    assert outcomes(job) == {"Fine rice": "kept", "Pork": "removed"}


def test_an_import_is_undone_once(shop: Shop) -> None:
    job = bring(shop, listed(*OLD))
    undo_import(job.pk, actor=shop.actor, at=NOON)

    with pytest.raises(ImportAtWork):
        undo_import(job.pk, actor=shop.actor, at=NOON)
    with pytest.raises(ImportAtWork):
        start_import(job.pk, actor=shop.actor, at=NOON)


def test_a_real_list_is_undone_to_the_row(shop: Shop) -> None:
    bring_reference(shop, "pricelists_hr/konzum_valkanela_20251229.csv.gz")
    before = catalog()
    job = bring_reference(shop, "pricelists_hr/konzum_valkanela_later.csv.gz")

    undo_import(job.pk, actor=shop.actor, at=NOON)

    assert catalog() == before
    assert len(before["products"]) == 2_274


def test_families_and_variants_of_a_list_go_with_it(shop: Shop) -> None:
    header = "name;sku;price;family;options"
    job = bring(shop, listed("Shirt M;S1;99;Shirt;Size: M", "Shirt L;S2;99;shirt;Size: L", header=header))
    assert Family.objects.get().axes == ["Size"]
    taken = bring(shop, listed("Shirt medium;S3;99;Shirt;Size: M", header=header))
    assert reasons(taken) == [(2, "variant_taken")]

    undo_import(job.pk, actor=shop.actor, at=NOON)

    assert not Product.objects.exists()
    assert not Family.objects.exists()
