"""Living promotions and price lists of the demo: begun before its first sale, still going on today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from billing.demo.goods import Good
from catalog.models import Category, PriceList, Promotion
from catalog.operations.coupons import CouponInput, make_coupons, save_coupons
from catalog.operations.prices import PriceInput, save_price_list, set_price
from catalog.operations.promotions import TargetInput, save_promotion
from catalog.operations.repricing import Selection, change_prices
from catalog.promotions import Kind
from catalog.repricing import PriceRule
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization, Store

WEEKEND = [Promotion.Day.SATURDAY.value, Promotion.Day.SUNDAY.value]


@dataclass(frozen=True, slots=True)
class PromotionPlan:
    """`category` is what it is about, by name; none means all goods. `code` is a coupon that opens it."""

    name: str
    kind: Kind
    category: str = ""
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)


PROMOTIONS = (
    PromotionPlan("Biscuit days", Kind.BUY_GET, "Biscuits and snacks", values={"buy": 2, "get": 1, "percent": 100}),
    PromotionPlan("Any three for the bath", Kind.ANY_FOR, "Personal care", values={"buy": 3, "amount": Decimal(299)}),
    PromotionPlan(
        "Morning bread",
        Kind.PERCENT,
        "Bread and eggs",
        values={"percent": 5, "hours_from": time(7), "hours_until": time(10)},
    ),
    PromotionPlan("Weekend wash", Kind.AMOUNT, "Cleaning", values={"amount": Decimal(10), "days": WEEKEND}),
    PromotionPlan(
        "Big basket", Kind.BILL_AMOUNT, values={"amount": Decimal(50), "least_spend": Decimal(1500), "stackable": True}
    ),
    PromotionPlan(
        "Welcome", Kind.PERCENT, code="WELCOME5", values={"percent": 5, "needs_coupon": True, "stackable": True}
    ),
    PromotionPlan(
        "Friends of the house",
        Kind.BILL_AMOUNT,
        values={"amount": Decimal(100), "least_spend": Decimal(1000), "needs_coupon": True},
    ),
)


def start_promotions(
    org: Organization, stores: Sequence[Store], goods: Sequence[Good], *, actor: Actor, began: datetime, now: datetime
) -> None:
    """Promotions with their coupons, a price list for a fortnight, a store's own prices, and changes to come."""
    categories = {category.name: category for category in Category.objects.all()}
    for plan in PROMOTIONS:
        if plan.category and plan.category not in categories:
            continue  # a small shop sells none of it
        promotion = Promotion(name=plan.name, kind=plan.kind, starts_at=began, **plan.values)
        targets = [TargetInput(category=categories[plan.category])] if plan.category else []
        save_promotion(promotion, org=org, targets=targets, actor=actor, at=began)
        if plan.code:
            save_coupons(promotion, [CouponInput(plan.code)], actor=actor, at=began)
        elif promotion.needs_coupon:
            make_coupons(promotion, count=25, prefix="FRIEND", actor=actor, at=began)
    harvest = PriceList(name="Harvest prices", starts_at=began, ends_at=now + timedelta(days=14))
    save_price_list(harvest, actor=actor, at=began)
    if "Pulses" in categories:
        pulses, ten_less = Selection(categories["Pulses"]), PriceRule(Decimal(-10), step=Decimal(1))
        change_prices(pulses, ten_less, price_list=harvest, org=org, actor=actor, at=began)
    _set_prices(org, stores[-1], [good for good in goods if good.product.unit == "kg"], actor, began, now)


def _set_prices(
    org: Organization, store: Store, loose: Sequence[Good], actor: Actor, began: datetime, now: datetime
) -> None:
    """The market moves: cheaper in the last store, dearer week by week, and once more tomorrow at eight."""
    for good in loose[:4]:
        own = good.product.price - 2
        set_price(PriceInput(good.product, own, store=store.pk), org=org, actor=actor, at=began)
    for good in loose[4:8]:
        price = good.product.price
        for days, less in ((0, 6), (7, 3), (14, 0)):
            at = began + timedelta(days=days)
            if at < now:
                set_price(PriceInput(good.product, price - less), org=org, actor=actor, at=at)
        tomorrow = (now + timedelta(days=1)).replace(hour=2, minute=30, second=0, microsecond=0)
        set_price(PriceInput(good.product, price + 4, valid_from=tomorrow), org=org, actor=actor, at=now)
