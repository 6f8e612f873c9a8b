"""The plans of hot reads in an organization of some thousand bills and products: no large table is read through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.sale import Buyer
from catalog.models import Product
from tests.api import Api
from tests.shop import Shop, line

HTMX = {"HX-Request": "true"}
MANY = 5_000
# What grows with every sale or with the catalog.
LARGE = {
    "billing_bill",
    "billing_billline",
    "billing_payment",
    "catalog_barcode",
    "catalog_product",
    "customers_customer",
    "inventory_stocklevel",
    "inventory_stockmove",
    "journal_auditentry",
}
# A column's value in copy number k; every other column is copied as it is.
COPIES = {
    "billing_bill": {
        "id": "md5(k::text)::uuid",
        "number": "'X' || k",
        "sequence": "1000 + k",
        "finalized_at": "finalized_at - k * interval '7 minutes'",
        "business_date": "(finalized_at - k * interval '7 minutes')::date",
    },
    "billing_billline": {"id": "md5('l' || k)::uuid", "bill_id": "md5(k::text)::uuid"},
    "billing_payment": {"id": "md5('p' || k)::uuid", "bill_id": "md5(k::text)::uuid"},
    "catalog_product": {"id": "md5('g' || k)::uuid", "sku": "'X' || k", "name": "'Thing ' || k"},
    "catalog_barcode": {
        "id": "md5('b' || k)::uuid",
        "product_id": "md5('g' || k)::uuid",
        "code": "lpad('22' || k, 14, '0')",
    },
    "inventory_stocklevel": {"id": "md5('v' || k)::uuid", "product_id": "md5('g' || k)::uuid"},
    "inventory_stockmove": {"id": "md5('m' || k)::uuid"},
    "customers_customer": {"id": "md5('c' || k)::uuid", "phone": "'+91' || (7000000000 + k)"},
    "journal_auditentry": {"id": "md5('a' || k)::uuid"},
}


@pytest.fixture
def product(shop: Shop) -> Product:
    product = shop.product("Basmati rice")
    shop.barcode(product)
    shop.stock(product, "100")
    shop.sell(line(product), buyer=Buyer(phone="+919876543210", name="Asha"))
    with connection.cursor() as cursor:
        for table, changes in COPIES.items():
            _multiply(cursor, table, changes)
    return product


def _multiply(cursor: Any, table: str, changes: dict[str, str]) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall()]
    taken = ", ".join(changes.get(name, name) for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken}"
        f" FROM (SELECT * FROM {table} LIMIT 1) one, generate_series(1, %s) k",
        [MANY],
    )


def plans(statements: list[str]) -> Iterator[dict[str, Any]]:
    """Every node of the plan of each SELECT."""
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
                (found,) = cursor.fetchone()
                waiting = [(json.loads(found) if isinstance(found, str) else found)[0]["Plan"]]
                while waiting:
                    node = waiting.pop()
                    waiting += node.get("Plans", [])
                    yield node | {"Statement": statement[:200]}


def read_through(answer: Callable[[], Any]) -> list[str]:
    """What the request reads from its first row to its last, of the large tables."""
    with CaptureQueriesContext(connection) as captured:
        response = answer()
    assert response.status_code == 200, response.content
    return [
        f"{node['Relation Name']}: {node['Statement']}"
        for node in plans([each["sql"] for each in captured.captured_queries])
        if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in LARGE
    ]


def test_the_api_reads_by_indexes(shop: Shop, product: Product) -> None:
    api, code = Api(shop), product.barcodes.get().shown
    found = {
        path: read_through(lambda path=path: api.raw("GET", path))
        for path in [
            f"scan?store=B1&code={code}",
            "bills?limit=50",
            "bills?limit=50&store=B1",
            "bills?limit=50&from=2026-01-01&to=2026-01-02",
            "bills?limit=50&number=X77",
            "products?limit=50",
            "products?q=basmati&limit=20",
            "products?q=basmti&limit=20",
            f"products/{product.pk}",
            "stock?store=B1&limit=50",
            "stock-moves?store=B1&limit=50",
            "customers?phone=%2B919876543210",
        ]
    }

    assert {path: tables for path, tables in found.items() if tables} == {}


def test_a_far_page_of_the_bill_list_is_read_by_its_index_and_not_sorted(shop: Shop, product: Product) -> None:
    api, path = Api(shop), "bills?limit=50"
    for _page in range(5):
        _status, body = api.get(path)
        path = body["next"].removeprefix("http://testserver")

    with CaptureQueriesContext(connection) as captured:
        _status, body = api.get(path)

    assert body["results"][0]["number"] == "X250"
    with connection.cursor() as cursor:  # rows of this minute have no statistics: would an index do, if it were taken?
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    nodes = list(plans([each["sql"] for each in captured.captured_queries]))
    assert ("Index Scan", "billing_bill") in {(node["Node Type"], node.get("Relation Name")) for node in nodes}
    assert not [node for node in nodes if "Sort" in node["Node Type"]]


def test_pages_read_by_indexes(shop: Shop, product: Product, till: Client) -> None:
    of_the_till = [f"till/{shop.register.pk}/{page}" for page in ("", "bills/", "report/", "search/?q=basmati")]
    found = {
        path: read_through(lambda path=path: till.get(f"/asha/{path}", headers=HTMX))
        for path in [
            *of_the_till,
            "admin/",
            "admin/billing/bill/",
            "admin/catalog/product/",
            "admin/catalog/product/?q=basmati",
            "admin/inventory/stocklevel/",
            "admin/inventory/stockmove/",
            "admin/journal/auditentry/",
            "admin/customers/customer/",
        ]
    }

    assert {path: tables for path, tables in found.items() if tables} == {}
