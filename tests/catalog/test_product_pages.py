"""Products in the back office: found, saved through the operation, refused with its sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.models import Barcode, Product
from pantrypal.core.access import Role
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.shop import Shop

Rows = list[dict[str, Any]]

LIST = "/asha/admin/catalog/product/"


def form(
    product: Product | None = None, *, barcodes: list[dict[str, Any]] | None = None, **values: Any
) -> dict[str, Any]:
    """What the browser posts for a product, changed by `values`."""
    data = {"name": "Milk 1 l", "name_hi": "दूध", "sku": "MILK", "price": "60.00", "mrp": "62.00", "unit": "pc"}
    data |= {"sold_by": "each", "tracks_stock": "on", "hsn": "0401"}
    rows = barcodes or []
    kept = sum("id" in row for row in rows)
    data |= {"barcodes-TOTAL_FORMS": len(rows), "barcodes-INITIAL_FORMS": kept}
    for number, row in enumerate(rows):
        given = {"kind": "gtin", "quantity": "1"} | row
        if product is not None:
            given["product"] = product.pk
        data |= {f"barcodes-{number}-{name}": value for name, value in given.items()}
    data |= {"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0}
    return data | values


@pytest.fixture
def milk(shop: Shop) -> Product:
    return shop.product("Milk 1 l", price="60.00", mrp=Decimal("62.00"), names={"hi": "दूध"}, sku="MILK")


def change(till: Client, product: Product, **values: Any) -> Any:
    values.setdefault("tax_class", product.tax_class_id)
    return till.post(f"{LIST}{product.pk}/change/", form(product, **values))


@pytest.mark.parametrize("text", ["milk", "दूध", "MILK", "9520000000011"])
def test_a_product_is_found_by_name_hindi_name_sku_and_barcode(
    shop: Shop, till: Client, milk: Product, text: str
) -> None:
    shop.barcode(milk, "9520000000011")
    shop.product("Sugar 1 kg")

    page = till.get(LIST, {"q": text}).content.decode()

    assert "Milk 1 l" in page
    assert "₹60.00" in page
    assert "Sugar" not in page


def test_a_new_product_comes_with_its_barcodes(shop: Shop, till: Client) -> None:
    tax_class = shop.product().tax_class_id
    case = {"code": "9520000000028", "quantity": "12", "price": "700.00"}

    answer = till.post(f"{LIST}add/", form(barcodes=[{"code": "9520000000011"}, case], tax_class=tax_class))

    assert answer.status_code == 302
    product = Product.objects.get(sku="MILK")
    assert (product.price, product.mrp, product.names) == (Decimal("60.00"), Decimal("62.00"), {"hi": "दूध"})
    codes = Barcode.objects.filter(product=product).order_by("code").values_list("code", "quantity", "price")
    assert list(codes) == [
        ("09520000000011", Decimal("1.000"), None),
        ("09520000000028", Decimal("12.000"), Decimal("700.00")),
    ]
    assert AuditEntry.objects.get(action="product.created").subject_id == str(product.pk)
    assert OutboxEvent.objects.get(topic="product.created").payload == {"product": str(product.pk)}


def test_a_price_above_mrp_is_refused_in_the_form_and_nothing_is_written(
    shop: Shop, till: Client, milk: Product
) -> None:
    entries = AuditEntry.objects.count()

    answer = change(till, milk, price="62.01", name="Buffalo milk", barcodes=[{"code": "9520000000011"}])

    assert answer.status_code == 200
    assert "The price of 62.01 is above the MRP of 62.00" in answer.content.decode()
    assert answer.context["adminform"].form.errors.keys() == {"price"}
    milk.refresh_from_db()
    assert (milk.name, milk.price) == ("Milk 1 l", Decimal("60.00"))
    assert not Barcode.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_a_shop_abroad_may_sell_above_the_printed_price(shop: Shop, till: Client, milk: Product) -> None:
    type(shop.org).objects.filter(pk=shop.org.pk).update(country="NP")

    assert change(till, milk, price="70.00").status_code == 302


def test_a_changed_price_is_noted_with_the_old_one_and_shown_in_the_history(
    shop: Shop, till: Client, milk: Product
) -> None:
    assert change(till, milk, price="61.50").status_code == 302

    entry = AuditEntry.objects.get(action="price.changed")
    assert entry.data == {"old": {"price": "60.00"}, "new": {"price": "61.50"}}
    assert entry.actor_label == "Asha Owner"
    history = till.get(f"{LIST}{milk.pk}/history/").content.decode()
    assert "Price changed" in history
    assert "60.00 → " in history


def test_saving_without_a_change_of_anything_notes_nothing(shop: Shop, till: Client, milk: Product) -> None:
    Product.objects.update(hsn="0401")
    entries, events = AuditEntry.objects.count(), OutboxEvent.objects.count()

    assert change(till, milk).status_code == 302

    assert (AuditEntry.objects.count(), OutboxEvent.objects.count()) == (entries, events)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("9520000000012", "9520000000012 is not a valid barcode: its last figure should be 1."),
        ("12345", "it has 8, 12, 13 or 14 figures"),
    ],
)
def test_a_mistyped_barcode_is_refused_at_its_own_field(
    shop: Shop, till: Client, milk: Product, code: str, sentence: str
) -> None:
    answer = change(till, milk, barcodes=[{"code": code}])

    assert sentence in answer.content.decode()
    assert not Barcode.objects.exists()


def test_a_barcode_belongs_to_one_product(shop: Shop, till: Client, milk: Product) -> None:
    shop.barcode(shop.product("Curd"), "9520000000011")

    answer = change(till, milk, barcodes=[{"code": "9520000000011"}])

    assert "9520000000011 is the barcode of “Curd”." in answer.content.decode()
    assert not Barcode.objects.filter(product=milk).exists()


def test_a_struck_out_barcode_is_gone_and_a_kept_one_stays_as_printed(shop: Shop, till: Client, milk: Product) -> None:
    kept, gone = shop.barcode(milk, "96385074"), shop.barcode(milk, "9520000000011")
    assert 'value="96385074"' in till.get(f"{LIST}{milk.pk}/change/").content.decode()

    rows = [{"id": kept.pk, "code": "96385074"}, {"id": gone.pk, "code": "9520000000011", "DELETE": "on"}]
    assert change(till, milk, barcodes=rows).status_code == 302

    assert Barcode.objects.get(product=milk).code == "00000096385074"


def test_two_products_do_not_share_a_sku(shop: Shop, till: Client, milk: Product) -> None:
    answer = till.post(f"{LIST}add/", form(tax_class=milk.tax_class_id))

    assert "There is one with this SKU already." in answer.content.decode()
    assert Product.objects.filter(sku="MILK").count() == 1


def test_an_inventory_manager_edits_products_and_leaves_their_prices(shop: Shop, client: Client, milk: Product) -> None:
    client.force_login(shop.member(Role.INVENTORY_MANAGER))

    assert change(client, milk, name="Toned milk", price="1.00").status_code == 302

    milk.refresh_from_db()
    assert (milk.name, milk.price) == ("Toned milk", Decimal("60.00"))


def test_an_archived_product_leaves_the_list_and_comes_back(shop: Shop, till: Client, milk: Product) -> None:
    chosen = {"_selected_action": [milk.pk]}

    archived = till.post(LIST, {"action": "archive"} | chosen, follow=True).content.decode()
    assert "1 product is archived" in archived
    assert "Milk 1 l" not in archived
    assert Product.objects.get(pk=milk.pk).archived_at is not None

    till.post(f"{LIST}?state=archived", {"action": "restore"} | chosen)
    assert "Milk 1 l" in till.get(LIST).content.decode()
    actions = AuditEntry.objects.filter(subject_id=str(milk.pk)).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["product.archived", "product.restored"]


def test_products_cannot_be_deleted(shop: Shop, till: Client, milk: Product) -> None:
    assert till.post(f"{LIST}{milk.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Product.objects.filter(pk=milk.pk).exists()


def test_codes_are_proposed_for_the_hsn_by_words_and_figures(shop: Shop, till: Client, milk: Product) -> None:
    page = till.get(f"{LIST}{milk.pk}/change/").content.decode()
    assert 'hx-get="/asha/admin/catalog/hsn-options/?least=4"' in page

    options = till.get("/asha/admin/catalog/hsn-options/", {"least": "4", "hsn": "paneer"}).content.decode()

    assert options == '<option value="0406">0406 · Paneer and cheese</option>'
