"""Whether a promotion holds: here, now, for this cart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.promotions.rules import Item, Occasion, Rule
from pantrypal.core.money import ZERO


def holds(rule: Rule, occasion: Occasion, items: Sequence[Item]) -> bool:
    return is_on(rule, occasion) and _has_coupon(rule, occasion) and not missing_spend(rule, items)


def is_on(rule: Rule, occasion: Occasion) -> bool:
    """In this store at this moment."""
    moment = occasion.moment
    return (
        (not rule.stores or occasion.store in rule.stores)
        and (rule.starts_at is None or moment >= rule.starts_at)
        and (rule.ends_at is None or moment < rule.ends_at)
        and _is_in_hours(rule, moment)
    )


def missing_spend(rule: Rule, items: Sequence[Item]) -> bool:
    """Whether its goods at shelf prices come to less than the least spend."""
    return rule.least_spend > 0 and spent_on(rule, items) < rule.least_spend


def spent_on(rule: Rule, items: Sequence[Item]) -> Decimal:
    return sum((item.gross for item in items if rule.covers(item.groups)), ZERO)


def _has_coupon(rule: Rule, occasion: Occasion) -> bool:
    return not rule.needs_coupon or rule.id in occasion.coupons


def _is_in_hours(rule: Rule, moment: datetime) -> bool:
    today, clock = moment.weekday(), moment.time()
    if rule.hours is None:
        return _is_day(rule, today)
    since, until = rule.hours
    if since < until:
        return since <= clock < until and _is_day(rule, today)
    # Over midnight: the small hours belong to the day on which it began.
    return (clock >= since and _is_day(rule, today)) or (clock < until and _is_day(rule, (today - 1) % 7))


def _is_day(rule: Rule, day: int) -> bool:
    return not rule.days or day in rule.days


def why_not(rule: Rule, occasion: Occasion, items: Sequence[Item]) -> str:
    """The sentence for a promotion that does not hold; empty where it does."""
    moment = occasion.moment
    if rule.stores and occasion.store not in rule.stores:
        return _("Not in this store.")
    if rule.starts_at is not None and moment < rule.starts_at:
        return _("It begins on %s.") % _shown(rule.starts_at, moment)
    if rule.ends_at is not None and moment >= rule.ends_at:
        return _("It ended on %s.") % _shown(rule.ends_at, moment)
    if not _is_in_hours(rule, moment):
        return _("Not at this hour or on this day of the week.")
    if not _has_coupon(rule, occasion):
        return _("It needs a coupon.")
    if missing_spend(rule, items):
        missing = rule.least_spend - spent_on(rule, items)
        return _("It needs goods for %s more.") % format(missing, "f")
    return ""


def _shown(at: datetime, moment: datetime) -> str:
    return date_format(at.astimezone(moment.tzinfo), "j M Y, H:i")
