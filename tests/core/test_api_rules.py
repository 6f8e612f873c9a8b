"""What holds for every resource: sign-in, scopes, parameters, idempotency, ETags, limits, documentation."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from customers.models import Customer
from pantrypal.core.access import Role
from pantrypal.core.models import ApiKey
from pantrypal.core.operations.api_keys import revoke_api_key
from pantrypal.core.operations.organizations import create_store
from pantrypal.journal.models import IdempotencyKey
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import NOON, Shop

RESOURCES = (
    "me", "stores", "registers", "shifts", "categories", "brands", "tax-classes", "products", "customers", "stock",
    "stock-moves", "bills",
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


def test_me_tells_organization_plan_limits_scopes_and_stores(shop: Shop) -> None:
    status, me = Api(shop, ["catalog:read", "billing:write"]).get("me")

    assert status == 200
    assert me["organization"]["slug"] == "asha"
    assert me["plan"]["code"] == "premium"
    assert me["limits"]["stores"] is None
    assert me["scopes"] == ["catalog:read", "billing:read", "billing:write"]
    assert [store["code"] for store in me["stores"]] == ["B1"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_list_answers_its_owner_and_nobody_without_a_key(shop: Shop, resource: str) -> None:
    assert Api(shop).get(resource)[0] == 200

    response = Client().get(f"/api/v1/{resource}")

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response["WWW-Authenticate"] == "Bearer"
    assert json.loads(response.content)["code"] == "not_authenticated"


@pytest.mark.parametrize("header", ["Bearer pp_unknown", "Bearer ", "Basic eDp5", "pp_x", "Bearer \x7f"])
def test_a_wrong_key_is_401(shop: Shop, header: str) -> None:
    status, problem = Api(shop).get("me", Authorization=header)

    assert (status, problem["code"]) == (401, "authentication_failed")


def test_a_revoked_or_expired_key_opens_nothing(shop: Shop) -> None:
    revoked, expiring = Api(shop), Api(shop, expires_at=NOON + timedelta(days=1))
    revoke_api_key(key=ApiKey.objects.get(prefix=revoked.secret[:12]), actor=shop.actor, at=NOON)

    with time_machine.travel(NOON, tick=False):
        assert revoked.get("me")[0] == 401
        assert expiring.get("me")[0] == 200
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert expiring.get("me")[0] == 401


def test_a_key_is_kept_as_a_hash_only(shop: Shop) -> None:
    api = Api(shop)

    row = ApiKey.objects.values().get()

    assert api.secret.startswith("pp_")
    assert api.secret not in str(row)


@pytest.mark.parametrize(
    ("scope", "method", "path", "body"),
    [
        ("catalog:read", "GET", "bills", None),
        ("catalog:read", "GET", "stock", None),
        ("catalog:read", "GET", "customers", None),
        ("billing:read", "GET", "products", None),
        ("billing:read", "POST", "bills", {}),
        ("billing:read", "POST", "bills/quote", {}),
        ("billing:read", "POST", "shifts", {}),
        ("inventory:read", "POST", "stock-adjustments", {}),
        ("customers:read", "POST", "customers", {}),
    ],
)
def test_a_key_without_the_scope_is_forbidden(
    shop: Shop, scope: str, method: str, path: str, body: dict[str, str] | None
) -> None:
    status, problem = Api(shop, [scope])(method, path, body)

    assert (status, problem["code"]) == (403, "forbidden")


def test_a_key_for_one_store_sees_no_other(shop: Shop) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    milk = shop.product()
    shop.stock(milk, "3")
    api = Api(shop, stores=[other])

    assert api.get("stock")[1]["results"] == []
    assert [store["code"] for store in api.get("me")[1]["stores"]] == ["B2"]
    body = {"store": "B1", "lines": [{"product": str(milk.pk), "quantity": "1", "reason": "found"}]}
    assert api.post("stock-adjustments", body)[1]["code"] == "forbidden"


def test_another_organizations_object_is_not_found(shop: Shop, other_shop: Shop) -> None:
    with org_scope(other_shop.org.pk):
        theirs = other_shop.product("CANARY")
    api = Api(shop)

    for path in (f"products/{theirs.pk}", f"registers/{other_shop.register.pk}", f"shifts/{other_shop.shift.pk}"):
        status, problem = api.get(path)
        assert (status, problem["code"]) == (404, "not_found"), path
    assert b"CANARY" not in api.raw("GET", "products").content
    assert api.get(f"stores/{other_shop.store.pk}")[0] == 404


def test_the_organization_comes_from_the_key_whatever_the_path_says(shop: Shop, other_shop: Shop) -> None:
    api = Api(shop)

    assert api.get("/asha/api/v1/me")[1]["organization"]["slug"] == "asha"
    assert api.get("/bala/api/v1/me")[0] == 404


def test_a_session_reads_the_api_and_needs_csrf_to_write(shop: Shop) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(shop.owner)

    assert browser.get("/asha/api/v1/me").status_code == 200
    assert browser.get("/api/v1/me").json()["organization"]["slug"] == "asha"
    refused = browser.post("/asha/api/v1/customers", b"{}", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")


def test_a_cashier_may_not_adjust_stock(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.CASHIER))

    assert client.get("/asha/api/v1/stock").status_code == 200
    refused = client.post("/asha/api/v1/stock-adjustments", b"{}", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_unknown_parameter_is_refused_not_ignored(shop: Shop, resource: str) -> None:
    status, problem = Api(shop).get(f"{resource}?colour=red")

    assert (status, list(problem["errors"])) == (400, ["colour"])


@pytest.mark.parametrize("path", ["products/x", "bills/%00", "shifts/1", "customers/..%2f..", "stock?product=%00"])
def test_a_malformed_id_finds_nothing(shop: Shop, path: str) -> None:
    assert Api(shop).get(path)[0] in (200, 400, 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_a_bill_cannot_be_changed(shop: Shop, method: str) -> None:
    status, _ = Api(shop)(method, f"bills/{shop.shift.pk}", {})

    assert status == 405


def test_the_first_answer_to_an_idempotency_key_is_given_again(shop: Shop) -> None:
    api, body = Api(shop), {"phone": "+919812345678", "name": "Lakshmi"}

    first = api.raw("POST", "customers", body, Idempotency_Key="k1")
    again = api.raw("POST", "customers", body, Idempotency_Key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Customer.objects.count() == 1


def test_an_idempotency_key_with_another_body_is_refused(shop: Shop) -> None:
    api = Api(shop)
    api.post("customers", {"phone": "+919812345678"}, Idempotency_Key="k1")

    status, problem = api.post("customers", {"phone": "+919812345679"}, Idempotency_Key="k1")

    assert (status, problem["code"]) == (422, "idempotency_key_reused")


def test_a_refused_request_may_be_corrected_under_the_same_key(shop: Shop) -> None:
    api = Api(shop)

    assert api.post("customers", {"phone": "1"}, Idempotency_Key="k1")[0] == 400
    assert api.post("customers", {"phone": "+919812345678"}, Idempotency_Key="k1")[0] == 201


def test_an_idempotency_key_is_new_again_after_a_day(shop: Shop) -> None:
    api = Api(shop)
    with time_machine.travel(NOON, tick=False):
        api.post("customers", {"name": "First"}, Idempotency_Key="k1")
    with time_machine.travel(NOON + timedelta(hours=24, seconds=1), tick=False):
        status, _ = api.post("customers", {"name": "Second"}, Idempotency_Key="k1")

    assert status == 201
    assert Customer.objects.count() == 2
    assert IdempotencyKey.objects.count() == 1


def test_two_organizations_may_use_the_same_idempotency_key(shop: Shop, other_shop: Shop) -> None:
    ours = Api(shop)
    with org_scope(other_shop.org.pk):
        theirs = Api(other_shop)

    assert ours.post("customers", {"name": "Ours"}, Idempotency_Key="k1")[0] == 201
    status, answer = theirs.post("customers", {"name": "Theirs"}, Idempotency_Key="k1")
    assert (status, answer["name"]) == (201, "Theirs")


def test_a_stale_change_is_refused(shop: Shop) -> None:
    api = Api(shop)
    _, customer = api.post("customers", {"name": "Lakshmi"})
    path = f"customers/{customer['id']}"
    tag = api.raw("GET", path)["ETag"]

    assert api("PATCH", path, {"name": "Lakshmi R"}, If_Match=tag)[0] == 200
    status, problem = api("PATCH", path, {"name": "L. R."}, If_Match=tag)

    assert (status, problem["code"]) == (412, "stale")
    assert Customer.objects.get().name == "Lakshmi R"


def test_limits_are_told_and_kept(shop: Shop) -> None:
    api = Api(shop)
    shop.org.plan.requests_per_minute = 2
    shop.org.plan.save()

    with time_machine.travel(NOON, tick=False):
        first = api.raw("GET", "me")
        second = api.raw("GET", "me")
        third = api.raw("GET", "me")

    assert first["RateLimit-Policy"] == '"plan";q=2;w=60'
    assert (first["RateLimit"], second["RateLimit"]) == ('"plan";r=1;t=60', '"plan";r=0;t=60')
    assert third.status_code == 429
    assert int(third["Retry-After"]) > 0
    assert json.loads(third.content)["code"] == "throttled"


def test_the_openapi_document_describes_every_resource(client: Client, db: None) -> None:
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert {f"/api/v1/{name}" for name in RESOURCES} <= set(document["paths"])
    assert {"/api/v1/bills/quote", "/api/v1/bills/{id}", "/api/v1/scan"} <= set(document["paths"])
    used = set(json.dumps(document).split("#/components/schemas/")[1:])
    defined = document["components"]["schemas"]
    assert {text.split('"')[0] for text in used} <= set(defined)
    assert defined["SaleBody"]["additionalProperties"] is False


def test_the_documentation_page_opens(client: Client, db: None) -> None:
    assert client.get("/api/v1/docs/").status_code == 200
