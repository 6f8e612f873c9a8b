"""The fast lane answers what the ordinary way answers."""

from __future__ import annotations

from typing import Any

import pytest

from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import Shop

# Different on every request, or the ordinary way's own.
OWN = {"Content-Length", "Content-Security-Policy", "RateLimit", "Vary", "Allow"}


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


def both_ways(api: Api, method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, Any]:
    """The answer of the lane, and of the ordinary way, which a cookie leads to."""
    fast = api.raw(method, path, body, **headers)
    ordinary = api.raw(method, path, body, **headers, Cookie="shelf=1")
    return fast, ordinary


def same(fast: Any, ordinary: Any) -> bool:
    kept = [{name: value for name, value in each.headers.items() if name not in OWN} for each in (fast, ordinary)]
    return (fast.status_code, _without_id(fast), kept[0]) == (ordinary.status_code, _without_id(ordinary), kept[1])


def _without_id(response: Any) -> Any:
    body = response.json()
    return {name: value for name, value in body.items() if name != "request_id"} if isinstance(body, dict) else body


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "scan?store=B1&code={code}", None),
        ("GET", "scan?store=B1&code=9999", None),
        ("GET", "scan?store=XX&code={code}", None),
        ("GET", "scan?store=B1&code={code}&colour=red", None),
        ("GET", "scan", None),
        ("POST", "bills/quote", {"store": "B1", "lines": [{"barcode": "{code}", "quantity": "2"}]}),
        ("POST", "bills/quote", {"store": "B1", "lines": []}),
        ("POST", "bills/quote", b"{"),
        ("GET", "bills?limit=5", None),
        ("GET", "bills?limit=500", None),
        ("POST", "bills", {"store": "B1", "register": "A", "lines": [], "payments": []}),
    ],
)
def test_both_ways_answer_alike(shop: Shop, api: Api, method: str, path: str, body: Any) -> None:
    milk = shop.product()
    shop.stock(milk, "5")
    code = shop.barcode(milk).shown
    if isinstance(body, dict) and body.get("lines"):
        body["lines"][0]["barcode"] = code

    fast, ordinary = both_ways(api, method, path.format(code=code), body)

    assert same(fast, ordinary)


def test_a_sale_by_the_lane_is_the_same_bill_by_the_ordinary_way(shop: Shop, api: Api) -> None:
    milk = shop.product()
    shop.stock(milk, "5")
    lines = [{"product": str(milk.pk), "quantity": "1"}]
    body = {"id": str(uuid7()), "store": "B1", "register": "A", "lines": lines, "payments": [{"method": "cash"}]}

    fast, ordinary = both_ways(api, "POST", "bills", body)

    assert (fast.status_code, ordinary.status_code) == (201, 200)
    assert fast.json() == ordinary.json()
    assert shop.on_hand(milk) == 4


def test_a_refused_sale_writes_nothing(shop: Shop, api: Api) -> None:
    milk = shop.product()
    shop.stock(milk, "1")
    lines = [{"product": str(milk.pk), "quantity": "2"}]

    status, refusal = api.post(
        "bills", {"store": "B1", "register": "A", "lines": lines, "payments": [{"method": "cash"}]}
    )

    assert (status, refusal["code"]) == (409, "insufficient_stock")
    assert shop.on_hand(milk) == 1
    assert api.get("bills") == (200, {"results": [], "next": None})


@pytest.mark.parametrize("secret", ["pp_unknown", ""])
def test_who_has_no_key_takes_the_ordinary_way(api: Api, secret: str) -> None:
    status, problem = api.get("bills", Authorization=f"Bearer {secret}")

    assert (status, problem["code"]) == (401, "authentication_failed")


def test_a_key_without_the_scope_is_refused(shop: Shop) -> None:
    status, problem = Api(shop, ["catalog:read"]).get("bills")

    assert (status, problem["code"]) == (403, "forbidden")
