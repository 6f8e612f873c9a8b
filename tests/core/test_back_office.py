"""The door of the back office and what every page of it has from its base."""

from __future__ import annotations

import pytest
from django.test import Client

from pantrypal.core.access import Role
from pantrypal.core.models import User
from tests.shop import Shop

HOME = "/asha/admin/"
PRODUCTS = "/asha/admin/catalog/product/"


@pytest.mark.parametrize("role", [Role.OWNER, Role.STORE_MANAGER, Role.INVENTORY_MANAGER, Role.AUDITOR])
def test_who_runs_the_shop_enters_the_back_office(shop: Shop, client: Client, role: Role) -> None:
    client.force_login(shop.member(role))

    assert client.get(HOME).status_code == 200


def test_a_cashier_is_told_to_ask_a_manager(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.CASHIER))

    assert client.get(HOME).status_code == 403
    assert client.get(PRODUCTS).status_code == 403


def test_a_stranger_cannot_tell_that_the_shop_exists(shop: Shop, client: Client) -> None:
    client.force_login(User.objects.create_user("stranger@example.com", "secret-password"))

    assert client.get(HOME).status_code == 404
    assert client.get("/no-such-shop/admin/").status_code == 404


def test_whoever_is_not_signed_in_goes_to_the_one_sign_in_page(shop: Shop, client: Client) -> None:
    answer = client.get(PRODUCTS)

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={PRODUCTS}"


@pytest.mark.parametrize("path", ["login/", "logout/", "password_change/", "search/?s=milk", "r/1/1/"])
def test_django_admins_own_doors_are_closed(shop: Shop, till: Client, path: str) -> None:
    assert till.get(HOME + path).status_code == 404


def test_only_the_back_office_relaxes_the_content_policy(shop: Shop, till: Client) -> None:
    inside = till.get(HOME)["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-eval'" in inside
    assert "frame-ancestors 'self'" in inside
    assert "script-src" not in till.get("/accounts/email/")["Content-Security-Policy"]


def test_filters_that_a_list_does_not_offer_are_refused(shop: Shop, till: Client) -> None:
    assert till.get(PRODUCTS, {"cost__gt": "1"}).status_code == 400
    assert till.get(PRODUCTS, {"category__parent__name": "x"}).status_code == 400


@pytest.mark.parametrize("query", ["p=2", "p=-1", "p=no", "state=bogus", "category__id__exact=bogus", "o=99", "all="])
def test_no_address_of_a_list_breaks_it(shop: Shop, till: Client, query: str) -> None:
    assert till.get(f"{PRODUCTS}?{query}", follow=True).status_code == 200


def test_the_language_is_changed_from_the_back_office(shop: Shop, till: Client) -> None:
    assert 'action="/accounts/language/"' in till.get("/asha/admin/").content.decode()

    answer = till.post("/accounts/language/", {"language": "hi", "next": "/asha/admin/"})

    assert answer["Location"] == "/asha/admin/"
    assert "मुखपृष्ठ" in till.get("/asha/admin/").content.decode()
