"""How often each hot path asks the database once it is warm. A change here is a change of speed: say why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import Shop, line

HTMX = {"HX-Request": "true"}
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ")


@pytest.fixture(autouse=True)
def remembering(settings: Any) -> None:
    """As an installation does: who a key or a session is, and which rules an organization has."""
    settings.REMEMBER_SECONDS = 60


@pytest.fixture
def shelf(shop: Shop) -> list[Product]:
    """Five things with codes, and a bill of them."""
    goods = [shop.product(f"Basmati rice {number}") for number in range(5)]
    for product in goods:
        shop.stock(product, "100")
        shop.barcode(product)
    shop.sell(*map(line, goods))
    return goods


def asked(request: Callable[[], Any]) -> list[str]:
    """The statements of the second of two requests; both must go well."""
    first = request()
    assert first.status_code in (200, 201), first.headers
    with CaptureQueriesContext(connection) as captured:
        assert request().status_code in (200, 201)
    return [each["sql"] for each in captured.captured_queries if not each["sql"].startswith(BOOKKEEPING)]


def lines(shelf: list[Product]) -> list[dict[str, str]]:
    return [{"barcode": product.barcodes.get().shown, "quantity": "1"} for product in shelf]


def a_sale(lines_sold: list[dict[str, str]]) -> dict[str, Any]:
    payments = [{"method": "cash", "amount": "315.00"}]
    return {"id": str(uuid7()), "store": "B1", "register": "A", "lines": lines_sold, "payments": payments}


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("scan?store=B1&code={code}", 3),
        ("bills?limit=50", 1),
        ("products?q=basmati&limit=20", 5),
        ("stock?store=B1&limit=50", 1),
    ],
)
def test_reading_by_the_api(shop: Shop, shelf: list[Product], path: str, statements: int) -> None:
    api, address = Api(shop), path.format(code=shelf[0].barcodes.get().shown)

    found = asked(lambda: api.raw("GET", address))

    assert len(found) == statements, [sql[:150] for sql in found]


def test_a_quote(shop: Shop, shelf: list[Product]) -> None:
    api, body = Api(shop), {"store": "B1", "lines": lines(shelf)}

    found = asked(lambda: api.raw("POST", "bills/quote", body))

    assert len(found) == 2, [sql[:150] for sql in found]


def test_a_sale_takes_four_statements_and_its_commit(shop: Shop, shelf: list[Product]) -> None:
    api, lines_sold = Api(shop), lines(shelf)

    found = asked(lambda: api.raw("POST", "bills", a_sale(lines_sold)))

    assert len(found) == 4, [sql[:150] for sql in found]


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("till/{register}/", 6),
        ("till/{register}/cart/", 5),
        ("admin/", 11),
        ("admin/billing/bill/", 5),
        ("admin/catalog/product/", 6),
    ],
)
def test_opening_a_page(shop: Shop, shelf: list[Product], till: Client, path: str, statements: int) -> None:
    address = f"/asha/{path.format(register=shop.register.pk)}"

    found = asked(lambda: till.get(address, headers=HTMX))

    assert len(found) == statements, [sql[:150] for sql in found]


def test_a_scan_at_the_till(shop: Shop, shelf: list[Product], till: Client) -> None:
    address, code = f"/asha/till/{shop.register.pk}/scan/", shelf[0].barcodes.get().shown
    till.get(f"/asha/till/{shop.register.pk}/")

    found = asked(lambda: till.post(address, {"code": code}, headers=HTMX))

    assert len(found) == 11, [sql[:150] for sql in found]
