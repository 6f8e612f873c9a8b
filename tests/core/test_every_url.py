"""Each address, tried by somebody not signed in, by a stranger of another organization, and by each role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from billing.models import Bill
from catalog.models import Brand, Category
from customers.models import Customer
from pantrypal.core.access import ROLES, Permission, Role
from pantrypal.core.models import User
from pantrypal.tenancy.context import org_scope
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.core.routes import NOBODY, OPERATOR, ORG_URLS, SIGNED_IN, SITE_URLS, May, Route, routes
from tests.shop import Shop, line

CANARY = "Kanarienvogel"
CLOSED = {403, 404, 405}
ALL = routes(ORG_URLS)
ADMIN = [route for route in ALL if route.space == "admin:"]
API = [route for route in ALL if isinstance(route.row, May) and route.space != "admin:"]
PAGES = [route for route in ALL if route not in ADMIN and route not in API]
ROW_PAGES = [route for route in ADMIN if "object_id" in route.parameters]


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop with something of its own in every list that a stranger might read."""
    milk = shop.product(CANARY, category=Category.objects.create(name=CANARY), brand=Brand.objects.create(name=CANARY))
    shop.barcode(milk)
    shop.stock(milk, "10")
    Customer.objects.create(name=CANARY, phone="+917012345679")
    shop.sell(line(milk))
    return shop


class Values(dict[str, Any]):
    """A value for each parameter of a path: a row's id where there is one, else an id that nobody has."""

    def __missing__(self, name: str) -> Any:
        return {"line": "x", "app_label": "core", "token": "x", "size": "small"}.get(name) or uuid7()


def values_for(route: Route, shop: Shop) -> Values:
    known = {"register_id": shop.register.pk, "store_code": shop.store.code, "bill_id": _some_id(shop, Bill)}
    model = _model_of(route)
    if model is not None and (pk := _some_id(shop, model)):
        known |= {"pk": pk, "object_id": pk}
    return Values(known)


def _some_id(shop: Shop, model: Any) -> Any:
    """Of a row of the shop, the same for all of a test; None where it has no such row."""
    found = shop.__dict__.setdefault("ids", {})
    if model not in found:
        with org_scope(shop.org.pk):
            found[model] = model.objects.values_list("pk", flat=True).first()
    return found[model]


def _model_of(route: Route) -> Any:
    if route.space == "admin:":
        app, _, rest = route.name.partition("_")
        is_of_a_row = isinstance(route.row, May) and "object_id" in route.parameters
        return apps.get_model(app, rest.partition("_")[0]) if is_of_a_row else None
    queryset = getattr(getattr(route.view, "cls", None), "queryset", None)
    return None if queryset is None else queryset.model


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


# -- outside ------------------------------------------------------------------------------------


def test_nobody_gets_in_without_signing_in(shop: Shop) -> None:
    client = Client()
    wrong = []
    for route in ALL:
        address = "/asha" + route.path(values_for(route, shop))
        answer = client.get(address)
        if answer.status_code != 302 or not answer["Location"].startswith("/accounts/login/?next="):
            wrong.append((route.name, answer.status_code))
    for route in API:
        answer = client.get(route.path(values_for(route, shop)))
        if answer.status_code != 401:
            wrong.append((route.name, answer.status_code))
    assert not wrong


def test_pages_of_the_site_are_for_whom_they_say(shop: Shop) -> None:
    client, wrong = Client(), []
    for route in routes(SITE_URLS):
        if route.row in (SIGNED_IN, OPERATOR) and not route.name.startswith(("account_", "mfa_")):
            answer = client.get(route.path(values_for(route, shop) if route.row == OPERATOR else Values()))
            if answer.status_code != 302 or not answer["Location"].startswith("/accounts/login/?next="):
                wrong.append((route.name, answer.status_code))
    assert not wrong


# -- a stranger ---------------------------------------------------------------------------------


def leaks(answer: Any) -> bool:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return any(word.encode() in body for word in (CANARY, "Asha Retail", "+917012345679"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing_at_another_organizations_address(shop: Shop, other_shop: Shop, method: str) -> None:
    client, wrong = signed_in(other_shop.owner), []
    with org_scope(None):
        for route in ALL:
            answer = getattr(client, method)("/asha" + route.path(values_for(route, shop)))
            if answer.status_code != 404 or leaks(answer):
                wrong.append((route.name, answer.status_code))
    assert not wrong


def test_a_strangers_own_pages_know_no_row_of_another_organization(shop: Shop, other_shop: Shop) -> None:
    client, wrong = signed_in(other_shop.owner), []
    with org_scope(None):
        for route in [*ADMIN, *PAGES]:
            answer = client.get("/bala" + route.path(values_for(route, shop)), follow=True)
            is_there = route in ROW_PAGES and answer.status_code not in (403, 404)
            if is_there or leaks(answer) or answer.status_code >= 500:
                wrong.append((route.name, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_a_strangers_key_opens_no_row_of_another_organization(shop: Shop, other_shop: Shop, method: str) -> None:
    with org_scope(other_shop.org.pk):
        api = Api(other_shop)
    wrong = []
    with org_scope(None):
        for route in API:
            answer = api.raw(method, route.path(values_for(route, shop)), {} if method != "GET" else None)
            silent = {400, 404, 405, 422} | ({403} if method != "GET" else set())  # no key may do this, to any row
            found = "pk" in route.parameters and answer.status_code not in silent
            if found or leaks(answer) or answer.status_code >= 500:
                wrong.append((route.name, answer.status_code))
    assert not wrong


# -- the roles ----------------------------------------------------------------------------------


def may(role: Role, needed: Permission | str | None) -> bool:
    return needed is None or (needed != NOBODY and needed in ROLES[role])


@pytest.fixture(params=list(Role), ids=lambda role: role.value)
def role(request: pytest.FixtureRequest) -> Role:
    found: Role = request.param
    return found


@pytest.fixture
def person(shop: Shop, role: Role) -> Iterator[Client]:
    client = signed_in(shop.member(role))
    with org_scope(None):
        yield client


def test_each_role_reads_what_the_table_says(shop: Shop, role: Role, person: Client) -> None:
    answers: dict[bool, list[Any]] = defaultdict(list)
    for route in [*API, *PAGES]:
        status = person.get("/asha" + route.path(values_for(route, shop))).status_code
        needed = route.row.look if isinstance(route.row, May) else route.row
        is_right = status != 403 and status < 500 if may(role, needed) else status in CLOSED
        answers[is_right].append((route.name, status))
    assert answers[True]
    assert not answers[False]


def test_each_role_opens_of_the_back_office_what_the_table_says(shop: Shop, role: Role, person: Client) -> None:
    wrong = []
    enters = may(role, Permission.BACK_OFFICE)
    for route in ADMIN:
        status = person.get("/asha" + route.path(values_for(route, shop))).status_code
        row = route.row
        needed = row.look if isinstance(row, May) else row
        if route.name.endswith("_add"):
            needed = row.change
        allowed = enters and may(role, needed) and not route.name.endswith("_delete")
        if route.name.endswith("_add") and allowed:
            is_right = status < 500  # some rows are made by documents only
        else:
            is_right = (status not in {403, 500}) if allowed else status in CLOSED
        if not is_right:
            wrong.append((route.name, status))
    assert not wrong


def test_each_role_changes_by_the_api_what_the_table_says(shop: Shop, role: Role, person: Client) -> None:
    wrong = []
    for route in API:
        address = "/asha" + route.path(values_for(route, shop))
        status = person.post(address, {}, content_type="application/json").status_code
        refused = {403} if not may(role, route.row.change) else {400, 404, 405, 409, 422, 200, 201, 204}
        if status not in (refused | {405} if route.row.change == NOBODY else refused):
            wrong.append((route.name, status))
    assert not wrong
