from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Category, Promotion
from pantrypal.journal.models import AuditEntry
from tests.api import Api
from tests.shop import Shop, inside

WEEK = {"name": "Diwali week", "kind": "percent", "percent": "10", "stores": ["B1"], "days": [5, 6]}


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


def test_a_promotion_is_added_shown_changed_and_ended(shop: Shop, api: Api) -> None:
    soap = shop.product("Soap")
    target = {"role": "on", "product": str(soap.pk)}

    status, made = api.post(
        "promotions", WEEK | {"targets": [target], "hours_from": "17:00:00", "hours_until": "21:00:00"}
    )

    assert status == 201, made
    assert (made["effect"], made["stores"], made["days"], made["active"]) == ("10 % off", ["B1"], [5, 6], True)
    assert made["targets"] == [target | {"category": None, "brand": None}]
    assert (made["hours_from"], made["percent"]) == ("17:00:00", "10.000")
    assert api.get(f"promotions/{made['id']}") == (200, made)

    status, changed = api("PATCH", f"promotions/{made['id']}", {"percent": "12.5", "targets": []})
    assert (status, changed["effect"], changed["targets"]) == (200, "12.5 % off", [])

    status, ended = api("PATCH", f"promotions/{made['id']}", {"active": False})
    assert (status, ended["active"]) == (200, False)
    assert api.get("promotions?active=true")[1]["results"] == []
    actions = AuditEntry.objects.filter(subject_id=made["id"]).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["promotion.created", "promotion.changed", "promotion.archived"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"percent": None}, "percent"),
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"kind": "any_for", "amount": "100.00"}, "buy"),
        ({"kind": "any_for", "amount": "100.00", "buy": 1}, "buy"),
        ({"kind": "buy_get", "buy": 2, "percent": "100"}, "get"),
        ({"kind": "amount", "amount": "0.005"}, "amount"),
        ({"hours_from": "17:00:00"}, "hours_until"),
        ({"starts_at": "2026-03-02T10:00:00Z", "ends_at": "2026-03-02T10:00:00Z"}, "ends_at"),
        ({"targets": [{}]}, "targets"),
        ({"stores": ["ZZ"]}, None),
        ({"colour": "red"}, None),
        ({"days": [7]}, None),
    ],
)
def test_a_promotion_that_makes_no_sense_is_refused_and_nothing_is_kept(
    shop: Shop, api: Api, values: dict, field: str | None
) -> None:
    status, problem = api.post("promotions", WEEK | values)

    assert 400 <= status < 500
    if field:
        assert field in problem["errors"], problem
    assert not Promotion.objects.exists()


def test_goods_of_another_shop_cannot_be_targets(shop: Shop, other_shop: Shop, api: Api) -> None:
    with inside(other_shop):
        theirs = Category.objects.create(name="Theirs")

    status, problem = api.post("promotions", WEEK | {"targets": [{"category": str(theirs.pk)}]})

    assert (status, problem["code"]) == (404, "not_found")


def test_coupons_are_given_by_name_or_made_for_one_use_each(shop: Shop, api: Api) -> None:
    _, promotion = api.post("promotions", WEEK | {"needs_coupon": True})
    url = f"promotions/{promotion['id']}/coupons"

    status, named = api.post(url, {"codes": [{"code": " diwali 25 ", "most_uses": 100}]})
    assert status == 201, named
    assert [(row["code"], row["most_uses"], row["used"]) for row in named["coupons"]] == [("DIWALI25", 100, 0)]

    status, made = api.post(url, {"count": 20, "prefix": "fest"})
    assert status == 201, made
    codes = {row["code"] for row in made["coupons"]}
    assert len(codes) == 20
    assert all(code.startswith("FEST-") and len(code) == 13 for code in codes)
    assert all(row["most_uses"] == 1 for row in made["coupons"])
    assert len(api.get(url)[1]["results"]) == 21
    assert api.post(url, {"count": 1, "codes": [{"code": "A"}]})[0] == 400
    assert api.post(url, {"codes": [{"code": "ÄÖ"}]})[0] == 400


def test_a_sale_by_key_takes_a_coupon_and_says_what_it_gave(shop: Shop, api: Api) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    _, promotion = api.post("promotions", {"name": "Welcome", "kind": "amount", "amount": "5.00", "needs_coupon": True})
    api.post(f"promotions/{promotion['id']}/coupons", {"codes": [{"code": "HELLO"}]})
    sale = {"store": "B1", "lines": [{"product": str(soap.pk), "quantity": "2"}], "coupons": ["hello", "nada"]}

    status, quoted = api.post("bills/quote", sale)
    assert (status, quoted["total"]) == (200, "70.00")
    assert quoted["coupons"] == [
        {"code": "HELLO", "accepted": True, "reason": "Welcome: 5 off each (coupon HELLO)"},
        {"code": "NADA", "accepted": False, "reason": "There is no coupon “NADA”."},
    ]
    sale |= {"register": "A", "payments": [{"method": "cash"}]}
    status, problem = api.post("bills", sale)
    assert (status, problem["code"]) == (422, "coupon_refused")
    status, bill = api.post("bills", sale | {"coupons": ["hello"]})
    assert (status, bill["total"]) == (201, "70.00")
    assert bill["lines"][0]["discount_reasons"] == [
        {"text": "Welcome: 5 off each (coupon HELLO)", "amount": "10.00", "promotion": promotion["id"]}
    ]
    assert Decimal(bill["discount"]) == Decimal("10.00")
