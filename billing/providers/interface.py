"""What a payment provider does for us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from billing.models import PaymentAccount, PaymentIntent


class Forged(Exception):
    """The notice was not signed by the provider, or is not one."""


class ProviderDown(Exception):
    """The provider did not answer, or refused. Says why, for the log."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`provider_id` names the payment at the provider; `link` is what the buyer's app opens."""

    provider_id: str
    link: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What has become of a payment. `state` is one of PaymentIntent.State; amounts are in the currency's own unit."""

    event_id: str
    provider_id: str
    reference: str
    state: str
    amount: Decimal
    currency: str
    payment_id: str


class Provider(Protocol):
    def __init__(self, account: PaymentAccount) -> None: ...

    def ask(self, intent: PaymentIntent, *, shown_as: str) -> Asked:
        """Have the provider expect this payment. Raises ProviderDown."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notice | None:
        """A callback, once its signature is right; None for events that say nothing about a payment. Raises Forged."""
