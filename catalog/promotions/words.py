"""Why something costs less: the sentence on bill, till and preview."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.promotions.rules import Kind, Rule

HUNDRED = Decimal(100)


def because(rule: Rule, coupons: Mapping[UUID, str]) -> str:
    """“Diwali week: 10 % off”; `coupons` are the codes brought along, by promotion."""
    values = {"name": rule.name, "what": effect(rule)}
    if rule.needs_coupon and rule.id in coupons:
        return _("%(name)s: %(what)s (coupon %(code)s)") % (values | {"code": coupons[rule.id]})
    return _("%(name)s: %(what)s") % values


def effect(rule: Rule) -> str:
    """What a promotion does, in a few words."""
    amount, percent = plain(rule.amount), format(rule.percent.normalize(), "f")
    match rule.kind:
        case Kind.PERCENT:
            return _("%(percent)s %% off") % {"percent": percent}
        case Kind.AMOUNT:
            return _("%(amount)s off each") % {"amount": amount}
        case Kind.FIXED_PRICE:
            return _("%(amount)s each") % {"amount": amount}
        case Kind.ANY_FOR:
            return _("any %(count)s for %(amount)s") % {"count": rule.buy, "amount": amount}
        case Kind.BILL_AMOUNT:
            return _("%(amount)s off") % {"amount": amount}
    values = {"buy": rule.buy, "get": rule.get, "percent": percent}
    if rule.percent == HUNDRED:
        return _("buy %(buy)s, get %(get)s free") % values
    return _("buy %(buy)s, get %(get)s at %(percent)s %% off") % values


def plain(value: Decimal) -> str:
    """50, 99.90: round figures need no places."""
    whole = value.to_integral_value()
    return format(whole if value == whole else value, "f")
