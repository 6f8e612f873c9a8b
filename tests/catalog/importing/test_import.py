from __future__ import annotations

from decimal import Decimal

import pytest

from billing.sale import SaleLine
from catalog.models import (
    Barcode,
    Brand,
    Category,
    ImportChange,
    ImportJob,
    ImportRejection,
    Price,
    Product,
    ScaleLabel,
)
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.core.tables import FileRefused
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.catalog.importing.lists import bring, bring_reference, counts, listed, product, reasons
from tests.shop import NOON, Shop

RICE = "Basmati rice 1 kg;R1;9520000000011;120,00;130,00;Annapurna;Grocery"
DAL = "Toor dal 1 kg;D1;9520000000028;168,00;;Annapurna;Grocery"


def test_a_list_becomes_products_with_barcodes_brands_and_categories(shop: Shop) -> None:
    job = bring(shop, listed(RICE, DAL))

    assert (job.state, job.rows, counts(job)) == ("imported", 2, (2, 0, 2, 0, 0))
    assert job.total == Decimal("288.00")
    rice = product("R1")
    assert (rice.name, rice.price, rice.mrp) == ("Basmati rice 1 kg", Decimal("120.00"), Decimal("130.00"))
    assert (str(rice.brand), str(rice.category), rice.tax_class.code) == ("Annapurna", "Grocery", "gst0")
    assert Barcode.objects.get(product=rice).code == "09520000000011"
    assert (Brand.objects.count(), Category.objects.count()) == (1, 1)


def test_the_same_list_again_changes_nothing_and_notes_it_once(shop: Shop) -> None:
    bring(shop, listed(RICE, DAL))
    before = list(Product.objects.order_by("pk").values())

    job = bring(shop, listed(RICE, DAL))

    assert counts(job) == (2, 0, 0, 0, 2)
    assert list(Product.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(action="catalog.imported").count() == 2
    told = OutboxEvent.objects.filter(topic="catalog.imported").latest("id").payload
    assert (told["import"], told["changed"], told["unchanged"]) == (str(job.pk), 0, 2)
    assert not AuditEntry.objects.filter(action="product.created").exists()


def test_a_later_list_changes_what_it_speaks_of_and_nothing_else(shop: Shop) -> None:
    bring(shop, listed(RICE, DAL))

    rows = ["Basmati rice 1 kg;R1;125,00", "Toor dal 1 kg;D1;168,00", "Salt 1 kg;S1;24,00"]
    job = bring(shop, listed(*rows, header="name;sku;price"))

    assert counts(job) == (3, 0, 1, 1, 1)
    rice = product("R1")
    assert (rice.price, rice.mrp, str(rice.brand)) == (Decimal("125.00"), Decimal("130.00"), "Annapurna")
    noted = Price.objects.get(product=rice)
    assert (noted.was, noted.price, noted.actor) == (Decimal("120.00"), Decimal("125.00"), "Asha Owner")
    assert job.differences == [
        {"sku": "R1", "name": "Basmati rice 1 kg", "fields": {"price": ["120.00", "125.00"]}, "codes": []}
    ]


def test_an_imported_product_is_sold_at_once_without_stock(shop: Shop) -> None:
    bring(shop, listed(RICE))

    posted = shop.sell(SaleLine(quantity=Decimal(2), product=product("R1").pk))

    assert posted.bill.total == Decimal("240.00")


def test_a_check_writes_nothing_and_counts_the_same(shop: Shop) -> None:
    bring(shop, listed(RICE))
    changed = "Basmati rice 1 kg;R1;9520000000011;125,00;130,00;Other;Grocery"

    job = bring(shop, listed(changed, DAL, ";X;;1,00"), dry_run=True)

    assert (job.state, counts(job)) == ("checked", (2, 1, 1, 1, 0))
    assert product("R1").price == Decimal("120.00")
    assert Product.objects.count() == 1
    assert Brand.objects.count() == 1
    done = bring(shop, listed(changed, DAL, ";X;;1,00"))
    assert counts(done) == counts(job)


def test_every_refused_row_has_its_line_and_reason(shop: Shop) -> None:
    bring(shop, listed(RICE))

    job = bring(
        shop,
        listed(
            ";A;;1,00",
            "No price;B;;",
            "Free;C;;0,00",
            "Mistyped;D;9520000000012;1,00",
            "Above MRP;E;;11,00;10,00",
            "Not a price;F;;cheap",
            "Too exact;G;;1,005",
            "Somebody else's code;H;9520000000011;1,00",
            "Good;I;;1,00",
            "Again with another price;I;;2,00",
        ),
    )

    assert counts(job) == (1, 9, 1, 0, 0)
    assert reasons(job) == [
        (2, "name_missing"),
        (3, "price_missing"),
        (4, "price_zero"),
        (5, "bad_check_digit"),
        (6, "price_above_mrp"),
        (7, "not_a_number"),
        (8, "too_precise"),
        (9, "barcode_of_other_product"),
        (11, "item_price_differs"),
    ]
    taken = ImportRejection.objects.get(job=job, line=9)
    assert taken.sentence == "9520000000011 is the barcode of “Basmati rice 1 kg”."
    assert taken.cells[0] == "Somebody else's code"


def test_one_item_on_several_rows_is_one_product_with_several_barcodes(shop: Shop) -> None:
    rows = ["Dal;D1;9520000000011;1,00", "Dal;D1;9520000000028;1,00", "Dal;D1;9520000000011;1,00"]

    job = bring(shop, listed(*rows))

    assert counts(job) == (3, 0, 1, 0, 0)
    assert Barcode.objects.filter(product=product("D1")).count() == 2
    assert counts(bring(shop, listed(*rows))) == (3, 0, 0, 0, 1)


def test_one_barcode_on_two_items_is_refused_or_merged_as_chosen(shop: Shop) -> None:
    rows = ["Red pen;P1;9520000000011;5,00", "Blue pen;P2;9520000000011;5,00", "Dear pen;P3;9520000000011;6,00"]

    refused = bring(shop, listed(*rows))
    assert reasons(refused) == [(3, "barcode_repeated"), (4, "barcode_repeated")]

    merged = bring(shop, listed(*rows), choices={"same_barcode": "merge"})
    assert counts(merged) == (2, 1, 0, 0, 1)
    assert reasons(merged) == [(4, "item_price_differs")]
    assert list(Product.objects.values_list("sku", flat=True)) == ["P1"]


def test_a_list_without_item_codes_finds_its_products_by_barcode_or_name(shop: Shop) -> None:
    rows = ["Rice;9520000000011;1,00", "Loose salt;;2,00"]
    bring(shop, listed(*rows, header="name;barcode;price"))
    Product.objects.filter(sku="9520000000011").update(sku="OWN-1")

    job = bring(shop, listed(*rows, header="name;barcode;price"))

    assert counts(job) == (2, 0, 0, 0, 2)


def test_scale_labels_are_kept_as_plu_and_their_prefix_gets_a_layout(shop: Shop) -> None:
    bring(shop, listed("Smoked pork;M1;2801954000000;9,79"))

    pork = product("M1")
    assert (pork.unit, pork.sold_by) == ("kg", "weight")
    code = Barcode.objects.get(product=pork)
    assert (code.code, code.kind) == ("2801954", "plu")
    label = ScaleLabel.objects.get(prefix="28")
    assert (label.carries, label.item_digits, label.value_digits, label.decimals) == ("weight", 5, 5, 3)


def test_gst_is_found_by_its_rate_and_an_unknown_one_is_refused(shop: Shop) -> None:
    job = bring(shop, listed("Soap;A;18%;10", "Rice;B;5;20", "Gold;C;7;30", header="name;sku;GST %;price"))

    assert product("A").tax_class.code == "gst18"
    assert product("B").tax_class.code == "gst5"
    assert reasons(job) == [(4, "unknown_tax_class")]


def test_prices_in_paise_are_read_as_rupees_by_choice(shop: Shop) -> None:
    bring(shop, listed("Rice;R;;12000"), choices={"money": "minor"})

    assert product("R").price == Decimal("120.00")


def test_an_archived_product_that_is_listed_again_is_in_sale_again(shop: Shop) -> None:
    bring(shop, listed(RICE))
    Product.objects.update(archived_at=NOON)

    job = bring(shop, listed(RICE))

    assert counts(job) == (1, 0, 0, 1, 0)
    assert product("R1").archived_at is None


def test_what_is_no_list_is_refused_and_nothing_kept(shop: Shop) -> None:
    with pytest.raises(FileRefused):
        bring(shop, listed(header="%PDF-1.7"))

    assert not ImportJob.objects.exists()


def test_who_may_not_set_prices_may_check_a_list_and_not_import_it(shop: Shop) -> None:
    shop.actor = shop.actor_as(Role.INVENTORY_MANAGER)

    assert bring(shop, listed(RICE), dry_run=True).created == 1
    with pytest.raises(Forbidden):
        bring(shop, listed(RICE))
    shop.actor = shop.actor_as(Role.CASHIER)
    with pytest.raises(Forbidden):
        bring(shop, listed(RICE), dry_run=True)


def test_the_next_day_of_a_real_shop_changes_its_prices(shop: Shop) -> None:
    first = bring_reference(shop, "pricelists_hr/konzum_valkanela_20251229.csv.gz")
    later = bring_reference(shop, "pricelists_hr/konzum_valkanela_later.csv.gz")
    again = bring_reference(shop, "pricelists_hr/konzum_valkanela_later.csv.gz")

    assert counts(first) == (2_274, 0, 2_274, 0, 0)
    # Nine barcodes are new: four on new items, five on items that were there.
    assert (later.accepted, later.rejected, later.created) == (2_262, 0, 4)
    changes = ImportChange.objects.filter(job=later, is_new=False)
    dearer = changes.filter(after__has_key="price")
    assert dearer.count() == 42
    assert dearer.filter(codes=[], target__in=Barcode.objects.values("product")).count() == 38
    assert sum(len(codes) for codes in changes.values_list("codes", flat=True)) == 5
    assert counts(again) == (2_262, 0, 0, 0, 2_262)
