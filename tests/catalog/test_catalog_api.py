"""Products, categories, brands and tax classes written by an integrator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Brand, Category, Product, TaxClass
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import Shop

MILK = {"sku": "MILK", "name": "Milk 1 l", "price": "60.00", "tax_class": "gst5"}


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


def test_a_product_is_added_with_all_that_belongs_to_it(shop: Shop, api: Api) -> None:
    cup, category = shop.product("Cup"), Category.objects.create(name="Dairy")
    case = {"code": "9520000000028", "quantity": "12", "price": "700.00"}
    body = MILK | {
        "names": {"hi": "दूध", "ta": "பால்"}, "category": str(category.pk), "brand": "Amul", "hsn": "0401",
        "mrp": "62.00", "barcodes": [{"code": "9520000000011"}, case], "parts": [{"product": str(cup.pk)}],
        "till_position": 1,
    }  # fmt: skip

    response = api.raw("POST", "products", body)

    answer = response.json()
    assert response.status_code == 201, answer
    assert response["Location"] == f"/api/v1/products/{answer['id']}"
    assert (answer["brand"], answer["tax_class"], answer["price"], answer["active"]) == ("Amul", "gst5", "60.00", True)
    assert answer["names"] == {"hi": "दूध", "ta": "பால்"}
    assert [(code["code"], code["quantity"], code["price"]) for code in answer["barcodes"]] == [
        ("9520000000011", "1.000", None),
        ("9520000000028", "12.000", "700.00"),
    ]
    assert answer["parts"] == [{"product": str(cup.pk), "quantity": "1.000"}]
    product = Product.objects.get(pk=answer["id"])
    assert (product.category, product.is_bundle, product.till_position) == (category, True, 1)
    assert AuditEntry.objects.get(action="product.created").actor_label == "Web shop"
    assert api.get(f"products/{product.pk}")[1] == answer


def test_what_a_change_does_not_name_stays(shop: Shop, api: Api) -> None:
    _status, made = api.post("products", MILK | {"barcodes": [{"code": "9520000000011"}], "mrp": "62.00"})

    status, changed = api("PATCH", f"products/{made['id']}", {"price": "61.50", "mrp": None})

    assert status == 200, changed
    assert changed | {"updated_at": ""} == made | {"price": "61.50", "mrp": None, "updated_at": ""}
    assert AuditEntry.objects.filter(action="price.changed").count() == 1
    assert api("PATCH", f"products/{made['id']}", {"barcodes": []})[1]["barcodes"] == []


def test_a_stale_change_and_a_repeated_post_change_nothing(shop: Shop, api: Api) -> None:
    first = api.raw("POST", "products", MILK, Idempotency_Key="milk-1")
    again = api.raw("POST", "products", MILK, Idempotency_Key="milk-1")
    assert (first.json(), again["Idempotent-Replayed"]) == (again.json(), "true")
    path = f"products/{first.json()['id']}"
    tag = api.raw("GET", path)["ETag"]

    assert api.raw("PATCH", path, {"name": "Toned milk"}, If_Match=tag).status_code == 200
    stale = api.raw("PATCH", path, {"name": "Skimmed milk"}, If_Match=tag)

    assert stale.status_code == 412
    assert Product.objects.get().name == "Toned milk"


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"price": "70.00", "mrp": "62.00"}, 422, "price_above_mrp"),
        ({"tax_class": "nothing"}, 404, "not_found"),
        ({"category": "019abc00-0000-7000-8000-000000000000"}, 404, "not_found"),
        ({"barcodes": [{"code": "9520000000012"}]}, 400, "invalid"),
        ({"parts": [{"product": "019abc00-0000-7000-8000-000000000000"}]}, 400, "invalid"),
        ({"unit": "dozen"}, 400, "invalid"),
        ({"price": "-1"}, 400, "invalid"),
        ({"price": "1.005"}, 400, "invalid"),
        ({"hsn": "12345678901"}, 400, "invalid"),
        ({"colour": "white"}, 400, "invalid"),
        ({"picture_url": "http://127.0.0.1/"}, 422, "address_refused"),
        ({"names": {"hi": "x" * 201}}, 400, "invalid"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_written(
    shop: Shop, api: Api, values: dict, status: int, code: str
) -> None:
    answered, problem = api.post("products", MILK | values | {"brand": "New"})

    assert (answered, problem["code"]) == (status, code)
    assert not Product.objects.exists()
    assert not Brand.objects.exists()


def test_a_product_is_taken_out_of_sale_and_put_back(shop: Shop, api: Api) -> None:
    _status, made = api.post("products", MILK)
    assert not api("PATCH", f"products/{made['id']}", {"active": False})[1]["active"]
    assert api("PATCH", f"products/{made['id']}", {"active": True})[1]["active"]


def test_another_shops_product_category_and_tax_class_are_not_there(shop: Shop, other_shop: Shop, api: Api) -> None:
    with org_scope(other_shop.org.pk):
        theirs, dairy = other_shop.product("Theirs"), Category.objects.create(name="Dairy")
        tax_class = TaxClass.objects.get(code="gst5").pk

    assert api("PATCH", f"products/{theirs.pk}", {"name": "Ours"})[0] == 404
    assert api.post("products", MILK | {"category": str(dairy.pk)})[0] == 404
    assert api.post("products", MILK | {"tax_class": str(tax_class)})[0] == 404
    assert api.post("products", MILK | {"parts": [{"product": str(theirs.pk)}]})[0] == 400


def test_a_key_that_only_reads_writes_nothing(shop: Shop) -> None:
    reader = Api(shop, scopes=["catalog:read"])
    for path, body in (("products", MILK), ("categories", {"name": "Dairy"}), ("brands", {"name": "Amul"})):
        assert reader.post(path, body)[0] == 403
    assert reader.post("products/quick-add", {"name": "Milk", "price": "1", "tax_class": "gst5"})[0] == 403


def test_what_the_till_has_met_first_is_sold_at_once(shop: Shop, api: Api) -> None:
    status, gum = api.post(
        "products/quick-add", {"name": "Gum", "price": "5.00", "tax_class": "gst5", "code": "9520000000011"}
    )
    assert status == 201, gum
    assert (gum["sku"], gum["tracks_stock"]) == ("9520000000011", False)
    assert gum["barcodes"][0]["code"] == "9520000000011"
    _status, loose = api.post("products/quick-add", {"name": "Rope", "price": "9.00", "tax_class": "gst5"})
    assert loose["barcodes"] == []
    assert api.post("products/quick-add", {"name": "B", "price": "1", "tax_class": "gst5", "code": "GUM 1"})[0] == 201


def test_categories_are_added_and_moved_and_make_no_ring(shop: Shop, api: Api) -> None:
    _status, food = api.post("categories", {"name": "Food"})
    status, dairy = api.post("categories", {"name": "Dairy", "parent": food["id"]})
    assert (status, dairy["parent"]) == (201, food["id"])

    status, problem = api("PATCH", f"categories/{food['id']}", {"parent": dairy["id"]})
    assert (status, problem["detail"]) == (400, "A category cannot be a part of itself.")
    assert api("PATCH", f"categories/{dairy['id']}", {"parent": None})[1]["parent"] is None
    assert api.post("categories", {"name": "Food"})[0] == 400


def test_brands_are_added_and_renamed(shop: Shop, api: Api) -> None:
    _status, brand = api.post("brands", {"name": "Amul"})
    assert api("PATCH", f"brands/{brand['id']}", {"name": "Nandini"}) == (200, brand | {"name": "Nandini"})
    assert api.get(f"brands/{brand['id']}")[1]["name"] == "Nandini"


def test_taxes_are_for_who_may_edit_the_organization(shop: Shop, api: Api) -> None:
    body = {"code": "gold", "name": "Gold", "rates": [{"valid_from": "2026-01-01", "rate": "3"}]}
    status, problem = api.post("tax-classes", body)
    assert (status, problem["code"]) == (403, "forbidden")
    assert OutboxEvent.objects.filter(topic="tax_class.changed").count() == 0
    gst = TaxClass.objects.get(code="gst5")
    assert api.get(f"tax-classes/{gst.pk}")[1]["rates"][0]["rate"] == str(Decimal("5.000"))


def test_the_owner_adds_and_changes_a_tax_class_in_the_browser(shop: Shop, till) -> None:
    body = {"code": "gold", "name": "Gold", "rates": [{"valid_from": "2026-01-01", "rate": "3"}]}
    made = till.post("/asha/api/v1/tax-classes", body, content_type="application/json")
    assert made.status_code == 201, made.content
    rates = [*body["rates"], {"valid_from": "2027-01-01", "rate": "5", "cess": "1"}]

    address = f"/asha/api/v1/tax-classes/{made.json()['id']}"
    changed = till.patch(address, {"rates": rates}, content_type="application/json").json()

    assert [(row["valid_from"], row["rate"], row["cess"]) for row in changed["rates"]] == [
        ("2027-01-01", "5.000", "1.000"),
        ("2026-01-01", "3.000", "0.000"),
    ]
