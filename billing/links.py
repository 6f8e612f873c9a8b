"""Signed addresses of a bill that open without signing in: the one on its paper, and one that can be passed on.

The paper's is good for ever and shows what the paper shows. A shared one also hands out the PDF, until it expires.
Both name organization and bill, so nothing is kept for them and nobody can guess one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner

SHARED_FOR = timedelta(days=90)

_paper = Signer(salt="billing.paper")
_shared = TimestampSigner(salt="billing.shared")


@dataclass(frozen=True, slots=True)
class BillLink:
    org_id: int
    bill_id: UUID
    is_shared: bool


def paper_address(org_id: int, bill_id: UUID) -> str:
    """What the code on the receipt holds."""
    return _address(_paper.sign(_named(org_id, bill_id)))


def shared_address(org_id: int, bill_id: UUID) -> str:
    """For SMS, WhatsApp and e-mail; good for SHARED_FOR from now on."""
    return _address(_shared.sign(_named(org_id, bill_id)))


def read(token: str) -> BillLink | None:
    """None for a token that is not ours, or was shared too long ago."""
    # A shared token has a part more, its time.
    try:
        if token.count(":") == 1:
            return _link(_paper.unsign(token), is_shared=False)
        return _link(_shared.unsign(token, max_age=SHARED_FOR), is_shared=True)
    except (BadSignature, ValueError):
        return None


def _named(org_id: int, bill_id: UUID) -> str:
    return f"{org_id}.{bill_id.hex}"


def _link(named: str, *, is_shared: bool) -> BillLink:
    org_id, _dot, bill_id = named.partition(".")
    return BillLink(int(org_id), UUID(bill_id), is_shared)


def _address(token: str) -> str:
    return f"{settings.SITE_URL}/b/{token}/"


_callback = Signer(salt="billing.callback")


def callback_address(org_id: int, account_id: UUID) -> str:
    """Where a payment provider tells us of payments into this account."""
    return f"{settings.SITE_URL}/api/callbacks/{_callback.sign(_named(org_id, account_id))}/"


def read_callback(token: str) -> tuple[int, UUID] | None:
    """Organization and account; None for an address that is not ours."""
    try:
        org_id, _dot, account_id = _callback.unsign(token).partition(".")
        return int(org_id), UUID(account_id)
    except (BadSignature, ValueError):
        return None
