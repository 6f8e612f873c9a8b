"""Payment providers: how a payment is asked for, and how its confirmation is read. One module for each."""

from __future__ import annotations

from billing.models import PaymentAccount
from billing.providers.interface import Provider
from billing.providers.razorpay import Razorpay

PROVIDERS: dict[str, type[Provider]] = {PaymentAccount.Provider.RAZORPAY: Razorpay}


def provider_of(account: PaymentAccount) -> Provider:
    return PROVIDERS[account.provider](account)
