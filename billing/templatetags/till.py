"""What the till's templates ask of a request and draw."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from billing.codes import qr_svg
from billing.http import device_of
from billing.models.payment import Method

register = template.Library()


@register.simple_tag
def is_own_device(request: Any) -> bool:
    """Whether the page is shown by a register's own device, where PINs count."""
    return device_of(request) is not None


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code that fills its box."""
    return qr_svg(text)


@register.filter
def payment_method(name: str) -> str:
    """Cash, for cash."""
    return str(Method(name).label) if name in Method.values else name
