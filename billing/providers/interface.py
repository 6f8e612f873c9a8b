"""What a payment provider does for us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from billing.models import PaymentAccount, PaymentIntent, ProviderRefund


class Forged(Exception):
    """The notice was not signed by the provider, or is not one."""


class ProviderDown(Exception):
    """The provider did not answer, or refused. Says why, for the log."""


class RefundRefused(Exception):
    """The provider does not give this money back. Says why, for the owner."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`provider_id` names the payment at the provider; `link` is what the buyer's app opens."""

    provider_id: str
    link: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What has become of a payment. `state` is one of PaymentIntent.State; amounts are in the currency's own unit.

    Where it is about a refund, `refund_id` is the provider's, `refund_key` ours if we have asked for it, and `state`
    is REFUNDED or billing.models.intent.REFUND_FAILED.
    """

    event_id: str
    provider_id: str
    reference: str
    state: str
    amount: Decimal
    currency: str
    payment_id: str
    refund_id: str = ""
    refund_key: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A refund that the provider has taken on; `is_done` where it is through with it already."""

    refund_id: str
    is_done: bool


class Provider(Protocol):
    def __init__(self, account: PaymentAccount) -> None: ...

    def ask(self, intent: PaymentIntent, *, shown_as: str) -> Asked:
        """Have the provider expect this payment. Raises ProviderDown."""

    def refund(self, refund: ProviderRefund) -> GivenBack:
        """Give back that much of its payment, once however often it is asked. Raises ProviderDown, RefundRefused."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notice | None:
        """A callback, once its signature is right; None for events that say nothing about a payment. Raises Forged."""
