"""Promotions and coupons in a quote and in the sale that follows it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from billing.models import Bill, BillLine
from billing.operations.checkout import checkout
from billing.operations.quote import Quote, quote
from billing.pricing import Discount
from billing.refusals import CouponRefused
from billing.reports.period import Period
from billing.reports.promotions import by_promotion
from billing.sale import Basket, SaleLine
from catalog.models import Category, Coupon, CouponUse, Promotion, PromotionTarget
from catalog.operations.coupons import CouponInput, save_coupons
from catalog.operations.groups import save_category
from catalog.operations.promotions import TargetInput, archive_promotions, save_promotion
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once


def promotion(shop: Shop, kind: str = "percent", *, on: Any = None, **values: Any) -> Promotion:
    """A promotion of the shop, for one product or for all goods."""
    figures = {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    figures["name"] = "Diwali week"
    targets = [TargetInput(PromotionTarget.Role.ON, product=on)] if on is not None else []
    return save_promotion(Promotion(kind=kind, **figures), org=shop.org, targets=targets, actor=shop.actor, at=NOON)


def coupon(shop: Shop, of: Promotion, code: str = "DIWALI", *, uses: int | None = None) -> Coupon:
    return save_coupons(of, [CouponInput(code, uses)], actor=shop.actor, at=NOON)[0]


def quoted(shop: Shop, *lines: SaleLine, coupons: tuple[str, ...] = (), at: Any = NOON) -> Quote:
    return quote(Basket(shop.store, lines, coupons=coupons), customer=None, at=at)


def sell(shop: Shop, *lines: SaleLine, coupons: tuple[str, ...], **values: Any) -> Bill:
    sale = shop.sale(*lines, coupons=coupons, **values)
    with transaction.atomic():
        return checkout(sale, actor=shop.actor, at=NOON).bill


def test_a_quote_says_what_a_promotion_takes_off_and_the_bill_keeps_it(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    bread = shop.product("Bread", price="50.00", tracks_stock=False)
    week = promotion(shop, percent="10", on=soap)

    shown = quoted(shop, line(soap, "2"), line(bread))
    bill = shop.sell(line(soap, "2"), line(bread)).bill

    assert [reason.text for reason in shown.lines[0].priced.reasons] == ["Diwali week: 10 % off"]
    assert shown.cart.total == bill.total == Decimal("122.00")
    stored = BillLine.objects.get(bill=bill, position=1)
    assert stored.discount_reasons == [{"text": "Diwali week: 10 % off", "amount": "8.00", "promotion": str(week.pk)}]
    assert BillLine.objects.get(bill=bill, position=2).discount_reasons == []


def test_a_report_says_what_each_promotion_took_off(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    promotion(shop, percent="10", on=soap)
    for _bill in range(2):
        shop.sell(line(soap, "2", discount=Discount(amount=Decimal("1.00"), reason="Dented")))

    today = shop.store.business_date(NOON)
    rows = by_promotion(Period(today, today, [shop.store]))

    assert [(row.name, row.bills, row.given) for row in rows] == [("Diwali week", 2, Decimal("16.00"))]
    assert by_promotion(Period(today, today, [])) == []


def test_a_promotion_holds_from_the_moment_it_is_saved_until_it_is_ended(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    assert quoted(shop, line(soap)).cart.total == Decimal("40.00")

    week = promotion(shop, percent="10")
    assert quoted(shop, line(soap)).cart.total == Decimal("36.00")

    week.percent = Decimal(25)
    save_promotion(week, org=shop.org, actor=shop.actor, at=NOON)
    assert quoted(shop, line(soap)).cart.total == Decimal("30.00")

    archive_promotions([week.pk], actor=shop.actor, at=NOON)
    assert quoted(shop, line(soap)).cart.total == Decimal("40.00")


def test_a_promotion_that_was_rolled_back_never_was(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    with transaction.atomic():
        promotion(shop, percent="10")
        assert quoted(shop, line(soap)).cart.total == Decimal("36.00")
        transaction.set_rollback(True)

    assert quoted(shop, line(soap)).cart.total == Decimal("40.00")


def test_rules_in_memory_cost_a_quote_no_more_statements(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    promotion(shop, percent="10")
    quoted(shop, line(soap))

    with CaptureQueriesContext(
        connection,
    ) as ran:
        quoted(shop, line(soap))

    # The products; the version of the rules with the coupons.
    assert len(ran) == 2


def test_a_promotion_of_a_category_covers_the_categories_in_it(shop: Shop) -> None:
    care = save_category(Category(name="Care"), actor=shop.actor, at=NOON)
    bath = save_category(Category(name="Bath", parent=care), actor=shop.actor, at=NOON)
    soap = shop.product("Soap", price="40.00", tracks_stock=False, category=bath)
    save_promotion(
        Promotion(name="Care week", kind="percent", percent=Decimal(10)),
        org=shop.org,
        targets=[TargetInput(category=care)],
        actor=shop.actor,
        at=NOON,
    )

    assert quoted(shop, line(soap)).cart.total == Decimal("36.00")


def test_the_cashiers_discount_comes_after_the_promotion_and_needs_no_approval_for_it(shop: Shop) -> None:
    soap = shop.product("Soap", price="100.00", tracks_stock=False)
    promotion(shop, percent="50")

    by_hand = Discount(percent=Decimal(20), reason="Dented")
    bill = shop.sell(line(soap, discount=by_hand)).bill

    assert bill.total == Decimal("40.00")
    reasons = BillLine.objects.get(bill=bill).discount_reasons
    assert [(reason["text"], reason["amount"]) for reason in reasons] == [
        ("Diwali week: 50 % off", "50.00"),
        ("Dented", "10.00"),
    ]


def test_a_coupon_in_any_case_opens_its_promotion_and_is_counted(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    code = coupon(shop, promotion(shop, percent="10", needs_coupon=True), uses=2)

    assert quoted(shop, line(soap)).cart.total == Decimal("40.00")
    shown = quoted(shop, line(soap), coupons=(" diwali ",))
    bill = sell(shop, line(soap), coupons=("diwali",))

    assert shown.cart.total == bill.total == Decimal("36.00")
    assert shown.coupons[0].sentence == "Diwali week: 10 % off (coupon DIWALI)"
    code.refresh_from_db()
    assert code.used == 1
    assert CouponUse.objects.get().document_id == bill.pk


@pytest.mark.parametrize("uses", [1, None])
def test_a_code_may_be_used_as_often_as_it_says(shop: Shop, uses: int | None) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    coupon(shop, promotion(shop, percent="10", needs_coupon=True), uses=uses)
    sell(shop, line(soap), coupons=("DIWALI",))

    if uses is None:
        assert sell(shop, line(soap), coupons=("DIWALI",)).total == Decimal("36.00")
        return
    with pytest.raises(CouponRefused, match="Coupon DIWALI has been used already."):
        sell(shop, line(soap), coupons=("DIWALI",))
    assert Bill.objects.count() == 1


def test_a_coupon_nobody_knows_is_refused_at_the_sale_and_told_in_the_quote(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)

    shown = quoted(shop, line(soap), coupons=("NADA",))
    assert (shown.cart.total, shown.coupons[0].sentence) == (Decimal("40.00"), "There is no coupon “NADA”.")
    with pytest.raises(CouponRefused, match="There is no coupon “NADA”."):
        sell(shop, line(soap), coupons=("NADA",))
    assert not Bill.objects.exists()


def test_a_coupon_that_gives_nothing_is_kept_for_another_time(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    code = coupon(shop, promotion(shop, percent="10", needs_coupon=True, least_spend="100.00"), uses=1)

    assert quoted(shop, line(soap), coupons=("DIWALI",)).coupons[0].sentence == "It needs goods for 60.00 more."
    assert sell(shop, line(soap), coupons=("DIWALI",)).total == Decimal("40.00")
    code.refresh_from_db()
    assert code.used == 0
    assert not CouponUse.objects.exists()


def test_a_sale_made_off_line_takes_a_coupon_that_was_used_up_meanwhile(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    code = coupon(shop, promotion(shop, percent="10", needs_coupon=True), uses=1)
    sell(shop, line(soap), coupons=("DIWALI",))

    bill = sell(shop, line(soap), coupons=("DIWALI",), occurred_at=NOON - timedelta(hours=1))

    assert bill.total == Decimal("36.00")
    code.refresh_from_db()
    assert (code.used, CouponUse.objects.count()) == (2, 2)


def test_a_resent_sale_uses_its_coupon_once(shop: Shop) -> None:
    soap = shop.product("Soap", price="40.00", tracks_stock=False)
    code = coupon(shop, promotion(shop, percent="10", needs_coupon=True), uses=5)
    sale_id = uuid7()

    first = sell(shop, line(soap), coupons=("DIWALI",), id=sale_id)
    again = sell(shop, line(soap), coupons=("DIWALI",), id=sale_id)

    assert first.number == again.number
    code.refresh_from_db()
    assert code.used == 1


def test_fifty_buyers_with_one_coupon_get_it_once(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        soap = shop.product("Soap", price="40.00", tracks_stock=False)
        code = coupon(shop, promotion(shop, percent="10", needs_coupon=True), uses=1)
    sales = [shop.sale(line(soap), coupons=("DIWALI",)) for _ in range(50)]

    answers = all_at_once(shop.org.pk, [lambda sale=sale: checkout(sale, actor=shop.actor, at=NOON) for sale in sales])

    refused = [answer for answer in answers if isinstance(answer, CouponRefused)]
    with transaction.atomic():
        assert (len(answers) - len(refused), len(refused)) == (1, 49)
        assert Bill.objects.get().total == Decimal("36.00")
        assert Coupon.objects.get(pk=code.pk).used == 1
        assert CouponUse.objects.count() == 1
