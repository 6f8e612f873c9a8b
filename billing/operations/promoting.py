"""What promotions take off a cart, and what becomes of the coupons that were given for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from billing.pricing import Reason
from billing.sale import Basket
from catalog.promotions import Item, Occasion, Rule, promote
from catalog.promotions.conditions import why_not
from catalog.promotions.words import because
from catalog.queries import ONE, PriceFacts, Sellable, kept_coupon
from pantrypal.core.business_time import zone
from pantrypal.core.money import round_money


@dataclass(frozen=True, slots=True)
class Bought:
    """One line: so much of it at this price."""

    item: Sellable
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class QuotedCoupon:
    """A coupon's code with what became of it. `id` is set where it gives something: the sale will use it up.

    `is_refused`: it cannot be used at all; otherwise it gives nothing for this cart, and the customer keeps it.
    """

    code: str
    id: UUID | None = None
    sentence: str = ""
    is_refused: bool = False


def handed_out(
    bought: Sequence[Bought], basket: Basket, facts: PriceFacts, *, at: datetime, is_past: bool
) -> tuple[list[tuple[Reason, ...]], list[QuotedCoupon]]:
    """Each line's reasons to cost less, and the coupons. `is_past`: sold off line, used-up coupons count.

    A line that is on paper already was sold without promotions: a till that is off line does not know them.
    """
    if basket.is_printed:
        return [()] * len(bought), []
    store, rules = basket.store, facts.rules
    places = store.org.places
    items = [_item(each, facts, places) for each in bought]
    codes = dict.fromkeys(kept_coupon(code) for code in basket.coupons)
    left = [(code, fact) for code, fact in facts.coupons.items() if is_past or fact.left is None or fact.left > 0]
    usable = {fact.promotion: code for code, fact in sorted(left, key=lambda pair: pair[0], reverse=True)}
    occasion = Occasion(store.pk, at.astimezone(zone(store.time_zone)), usable)
    given = promote(items, rules.promotions, occasion, places)
    reasons = [
        tuple(Reason(because(rule, usable), amount, promotion=rule.id) for rule, amount in line) for line in given.lines
    ]
    used = {rule.id for rule in given.given}
    by_id = {rule.id: rule for rule in rules.promotions}
    return reasons, [_coupon(code, facts, occasion, items, used, by_id) for code in codes]


def _item(each: Bought, facts: PriceFacts, places: int) -> Item:
    item = each.item
    gross = round_money(each.price * each.quantity, places)
    groups = facts.rules.groups_of(item)
    return Item(item.id, groups, each.quantity, each.price, gross, item.is_weighed, item.pack != ONE)


def _coupon(
    code: str,
    facts: PriceFacts,
    occasion: Occasion,
    items: Sequence[Item],
    used: set[UUID],
    rules: dict[UUID, Rule],
) -> QuotedCoupon:
    fact = facts.coupons.get(code)
    if fact is None:
        return QuotedCoupon(code, sentence=_("There is no coupon “%s”.") % code, is_refused=True)
    rule = rules.get(fact.promotion)
    if rule is None or (rule.ends_at is not None and occasion.moment >= rule.ends_at):
        return QuotedCoupon(code, sentence=_("The promotion of coupon %s has ended.") % code, is_refused=True)
    if occasion.coupons.get(rule.id) is None:
        return QuotedCoupon(code, sentence=_("Coupon %s has been used already.") % code, is_refused=True)
    if occasion.coupons[rule.id] != code:
        return QuotedCoupon(code, sentence=_("One coupon of this promotion is enough."))
    if rule.id in used:
        return QuotedCoupon(code, fact.id, because(rule, occasion.coupons))
    missing = why_not(rule, occasion, items) or _("Other promotions give more for these goods, or it is for others.")
    return QuotedCoupon(code, sentence=missing)
