"""How a browser shows that it is a register's own device: a signed cookie that no script can read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from billing.models import RegisterDevice
from billing.queries import find_device
from pantrypal.tenancy.context import require_org_id

SALT = "billing.device"
KEPT_FOR = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


def remember_device(response: HttpResponseBase, token: str) -> None:
    """Put the token of `pair_device` on the device. A page that is used daily calls it again, to renew it."""
    response.set_signed_cookie(
        _name(),
        token,
        salt=SALT,
        max_age=KEPT_FOR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget_device(response: HttpResponseBase) -> None:
    response.delete_cookie(_name())


def device_of(request: HttpRequest, *, once: bool = False) -> RegisterDevice | None:
    """The paired device that the request comes from, with its register; None from anywhere else.

    `once`: also one that has been unpaired, for the sales that it still has.
    """
    token = request.get_signed_cookie(_name(), default="", salt=SALT, max_age=KEPT_FOR)
    return find_device(token, once=once) if token else None


def _name() -> str:
    """One for each organization, for a browser may serve two."""
    return f"register-{require_org_id()}"
