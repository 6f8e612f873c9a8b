"""A database that is away for a moment is told as such, on pages and in the API: another try is worth while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from deploy.devstack.postgres import free_port
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import Shop


@contextmanager
def database_away() -> Iterator[None]:
    """Nobody listens where it was."""
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = free_port()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["PORT"] = port


@pytest.mark.parametrize(
    ("path", "headers"),
    [("scan?store=B1&code=9999", {}), ("scan?store=B1&code=9999", {"Cookie": "shelf=1"}), ("products", {})],
    ids=["fast lane", "ordinary way", "another page"],
)
def test_the_api_says_503_and_when_to_come_back(committed_shop: Shop, path: str, headers: dict[str, str]) -> None:
    api = Api(committed_shop)
    api.client.raise_request_exception = False
    with database_away(), org_scope(None):
        answer = api.raw("GET", path, **headers)

    assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (503, "2", "application/problem+json")
    assert (answer.json()["code"], answer.json()["status"]) == ("database_unavailable", 503)
    assert answer.json()["detail"].endswith("Please send the same request again.")
    assert api.raw("GET", "products").status_code == 200  # as soon as it is back


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_a_page_asks_for_another_try(committed_shop: Shop, headers: dict[str, str]) -> None:
    browser = Client(raise_request_exception=False)
    with org_scope(None):
        browser.force_login(committed_shop.owner)
    with database_away(), org_scope(None):
        answer = browser.get(f"/{committed_shop.org.slug}/till/", headers=headers)

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert "The books cannot be reached at the moment. Please try again." in answer.content.decode()
