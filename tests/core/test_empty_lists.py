from __future__ import annotations

from django.test import Client

from tests.shop import Shop


def test_an_empty_list_says_what_belongs_there_and_how_to_start(shop: Shop, till: Client) -> None:
    page = till.get("/asha/admin/customers/customer/").content.decode()

    assert "A customer appears here once a till has asked for their phone, or when you add one." in page
    assert "/asha/admin/customers/customer/add/" in page


def test_a_search_without_a_find_offers_the_whole_list(shop: Shop, till: Client) -> None:
    page = till.get("/asha/admin/customers/customer/?q=nobody").content.decode()

    assert "Nothing here goes by that" in page
    assert 'href="?"' in page
