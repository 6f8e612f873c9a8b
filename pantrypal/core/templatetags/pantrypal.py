"""Money, quantities and dates as people of the shop write them; built into every template."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal, get_currency_symbol
from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.formats import date_format
from django.utils.translation import get_language

from pantrypal.core import addresses
from pantrypal.core.business_time import zone
from pantrypal.core.models import Membership
from pantrypal.core.money import currency_places

register = template.Library()

# Lakh and crore grouping goes with the country, not with the language of the page.
NUMBER_LOCALES = {"INR": {language: f"{language}_IN" for language, _name in settings.LANGUAGES}}


def _locale(currency: str) -> str:
    language = (get_language() or "en").split("-")[0]
    return NUMBER_LOCALES.get(currency, {}).get(language, "en_IN" if currency == "INR" else language)


@register.filter
def money(amount: Decimal | None, currency: str = "INR") -> str:
    """₹1,23,456.00"""
    if amount is None:
        return ""
    places = currency_places(currency)
    pattern = "¤#,##,##0" if currency == "INR" else "¤#,##0"
    pattern += "." + "0" * places if places else ""
    return str(format_currency(amount, currency, format=pattern, locale=_locale(currency), currency_digits=False))


@register.filter
def amount(value: Decimal | None, currency: str = "INR") -> str:
    """The same without the currency sign, for columns: 1,23,456.00"""
    return money(value, currency).lstrip("₹$€£ ").replace("\u00a0", "") if value is not None else ""


@register.filter
def to_decimal(value: str) -> Decimal:
    """An amount that a posted document keeps as text."""
    return Decimal(value)


@register.filter
def sign(currency: str) -> str:
    """₹"""
    return str(get_currency_symbol(currency, locale=_locale(currency)))


@register.filter
def quantity(value: Decimal | None) -> str:
    """2, 0.75: without the zeros that say nothing."""
    return "" if value is None else str(format_decimal(value.normalize(), format="#,##0.###", locale="en_IN"))


@register.filter
def in_zone(at: datetime | None, time_zone: str) -> str:
    """23 Nov 2026, 18:05 in the store's own time."""
    if at is None:
        return ""
    return date_format(at.astimezone(zone(time_zone)), "j M Y, H:i")


@register.filter
def clock(at: datetime | None, time_zone: str) -> str:
    """18:05 in the store's own time."""
    return "" if at is None else date_format(at.astimezone(zone(time_zone)), "H:i")


@register.filter
def local_name(named: Any) -> str:
    """The name in the reader's language, of whatever has `name` and `names`."""
    return str(named.names.get((get_language() or "").split("-")[0]) or named.name)


@register.filter
def masked_phone(phone: str) -> str:
    """+91 98•••45678: enough to know one's own number, not enough for the next in the queue to note it."""
    return f"{phone[:3]} {phone[3:5]}•••{phone[-5:]}" if len(phone) > 10 else phone


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else date_format(value, "j M Y")


@register.simple_tag
def site_url(name: str, *args: Any) -> str:
    """The address of a page that belongs to no organization, from within one."""
    return addresses.site_path(name, *args)


@register.simple_tag
def org_url(rest: str = "") -> str:
    """The address of a page of the organization one is in, by its path."""
    return get_script_prefix() + rest


@register.simple_tag
def home_of(membership: Membership) -> str:
    return addresses.home_of(membership)
