"""Promotions in the back office: made, tried on a cart, ended."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.models import Coupon, Promotion
from catalog.operations.promotions import TargetInput, save_promotion
from pantrypal.core.access import Role
from tests.shop import NOON, Shop

LIST = "/asha/admin/catalog/promotion/"
TRY = "/asha/admin/catalog/try-promotions/"


def form(**values: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"name": "Soap week", "kind": "percent", "percent": "10", "priority": "0"}
    for rows in ("targets", "coupons"):
        data |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    return data | values


def test_a_promotion_is_made_with_its_goods_coupons_and_hours_by_the_shops_clock(shop: Shop, till: Client) -> None:
    soap = shop.product("Soap")
    values = {
        "days": ["0", "4"],
        "stores": [str(shop.store.pk)],
        "starts_at_0": "2026-03-02",
        "starts_at_1": "17:00:00",
        "needs_coupon": "on",
        "targets-TOTAL_FORMS": "1",
        "targets-0-role": "on",
        "targets-0-product": str(soap.pk),
        "coupons-TOTAL_FORMS": "1",
        "coupons-0-code": "SOAP10",
        "coupons-0-most_uses": "50",
    }

    answer = till.post(f"{LIST}add/", form(**values))

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    promotion = Promotion.objects.get()
    assert (promotion.days, promotion.stores) == ([0, 4], [shop.store.pk])
    assert promotion.starts_at == datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
    assert promotion.targets.get().product == soap
    assert Coupon.objects.get().code == "SOAP10"
    assert "17:00:00" in till.get(f"{LIST}{promotion.pk}/change/").content.decode()
    assert "10 % off" in till.get(LIST).content.decode()


def test_what_makes_no_sense_is_said_at_its_field(shop: Shop, till: Client) -> None:
    answer = till.post(f"{LIST}add/", form(kind="any_for", percent="", amount="100.00"))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"buy": ["This kind of promotion needs a figure here."]}
    assert not Promotion.objects.exists()


def test_a_promotion_is_tried_on_a_cart_before_customers_do(shop: Shop, till: Client) -> None:
    soap = shop.product("Soap", price="40.00", sku="SOAP-1")
    shop.product("Bread", price="50.00", sku="BREAD-1")
    for name, kind, figures in (
        ("Three for two", "buy_get", {"buy": 2, "get": 1, "percent": Decimal(100)}),
        ("Ten percent", "percent", {"percent": Decimal(10)}),
        ("Big basket", "bill_amount", {"amount": Decimal(20), "least_spend": Decimal(500)}),
    ):
        targets = [TargetInput(product=soap)] if kind == "buy_get" else []
        save_promotion(
            Promotion(name=name, kind=kind, **figures), org=shop.org, targets=targets, actor=shop.actor, at=NOON
        )

    page = till.get(TRY, {"goods": "SOAP-1 3\nBREAD-1", "store": str(shop.store.pk)}).content.decode()

    assert "Three for two: buy 2, get 1 free (−₹40.00)" in page
    assert "Ten percent: 10 % off (−₹5.00)" in page
    assert "It needs goods for 330.00 more." in page
    assert "₹125.00" in page
    assert Promotion.objects.count() == 3


@pytest.mark.parametrize(
    ("goods", "sentence"),
    [
        ("NADA", "There is no product “NADA”."),
        ("SOAP-1 many", "is not a code and how many."),
        ("", "This field is required."),
    ],
)
def test_the_trial_says_what_it_does_not_understand(shop: Shop, till: Client, goods: str, sentence: str) -> None:
    shop.product("Soap", sku="SOAP-1")

    assert sentence in till.get(TRY, {"goods": goods, "store": str(shop.store.pk)}).content.decode()


def test_a_promotion_is_ended_and_taken_up_again(shop: Shop, till: Client) -> None:
    week = Promotion(name="Soap week", kind="percent", percent=Decimal(10))
    save_promotion(week, org=shop.org, actor=shop.actor, at=NOON)
    chosen = {"_selected_action": [week.pk]}

    assert "1 promotion is ended." in till.post(LIST, {"action": "archive"} | chosen, follow=True).content.decode()
    assert "Soap week" not in till.get(LIST).content.decode()
    till.post(f"{LIST}?state=archived", {"action": "restore"} | chosen)
    assert "Soap week" in till.get(LIST).content.decode()


def test_an_inventory_manager_looks_and_changes_nothing(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.INVENTORY_MANAGER))

    assert client.get(LIST).status_code == 200
    assert client.post(f"{LIST}add/", form()).status_code == 403


MAKE = "/asha/admin/catalog/coupons/"


def test_codes_for_one_use_each_are_made_downloaded_and_counted(shop: Shop, till: Client) -> None:
    assert "First make a promotion that needs a coupon" in till.get(MAKE).content.decode()
    diwali = Promotion(name="Diwali", kind="percent", percent=Decimal(10), needs_coupon=True)
    save_promotion(diwali, org=shop.org, actor=shop.actor, at=NOON)

    answer = till.post(MAKE, {"promotion": diwali.pk, "count": "12", "begins": "diwali"}, follow=True)
    assert "12 codes are made" in answer.content.decode()
    Coupon.objects.filter(pk=Coupon.objects.order_by("code")[0].pk).update(used=1)

    row = till.get(MAKE).context["counted"][0]
    assert (row["name"], row["made"], row["used"], row["left"]) == ("Diwali", 12, 1, 11)
    file = till.get("/asha/admin/catalog/coupons.csv", {"promotion": diwali.pk}).content.decode("utf-8-sig")
    lines = file.splitlines()
    assert lines[0] == "Code,Promotion"
    assert len(lines) == 12
    assert all(text.startswith("DIWALI-") and text.endswith(",Diwali") for text in lines[1:])
    used = till.get("/asha/admin/catalog/coupon/", {"use": "yes"}).content.decode()
    assert used.count("DIWALI-") == 1


def test_too_many_codes_at_once_are_refused_in_the_form(shop: Shop, till: Client) -> None:
    diwali = Promotion(name="Diwali", kind="percent", percent=Decimal(10), needs_coupon=True)
    save_promotion(diwali, org=shop.org, actor=shop.actor, at=NOON)

    page = till.post(MAKE, {"promotion": diwali.pk, "count": "5001", "begins": ""}).content.decode()

    assert "less than or equal to 5000" in page
    assert not Coupon.objects.exists()


def test_who_sets_no_prices_sees_the_counts_and_makes_no_codes(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.INVENTORY_MANAGER))

    assert "Make the codes" not in client.get(MAKE).content.decode()
    assert client.get("/asha/admin/catalog/coupons.csv").status_code == 403
