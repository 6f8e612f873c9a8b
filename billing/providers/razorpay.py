"""Razorpay, through its own SDK: UPI codes for one payment each, orders for cards, signed webhooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import razorpay
from django.conf import settings
from razorpay.errors import BadRequestError, GatewayError, ServerError, SignatureVerificationError
from requests.exceptions import RequestException

from billing.models import PaymentAccount, PaymentIntent, ProviderRefund
from billing.models.intent import REFUND_FAILED
from billing.models.payment import Method
from billing.providers.interface import Asked, Forged, GivenBack, Notice, ProviderDown, RefundRefused
from pantrypal.core.money import currency_places

STATES = {
    "payment.captured": PaymentIntent.State.PAID,
    "qr_code.credited": PaymentIntent.State.PAID,
    "payment.failed": PaymentIntent.State.FAILED,
    "refund.processed": PaymentIntent.State.REFUNDED,
    "refund.failed": REFUND_FAILED,
}
DOWN = (GatewayError, ServerError, RequestException, KeyError, ValueError)
TIMEOUT = 10  # seconds


class Razorpay:
    def __init__(self, account: PaymentAccount) -> None:
        self.account = account

    def ask(self, intent: PaymentIntent, *, shown_as: str) -> Asked:
        amount = int(intent.amount.scaleb(currency_places(intent.currency)))
        try:
            if intent.method == Method.UPI:
                code = self._client().qrcode.create(
                    {
                        "type": "upi_qr",
                        "name": shown_as[:40],
                        "usage": "single_use",
                        "fixed_amount": True,
                        "payment_amount": amount,
                        "notes": {"reference": intent.reference},
                    }
                )
                return Asked(code["id"], code.get("image_content") or code["image_url"])
            order = self._client().order.create(
                {
                    "amount": amount,
                    "currency": intent.currency,
                    "receipt": intent.reference,
                    "notes": {"reference": intent.reference},
                }
            )
        except (BadRequestError, *DOWN) as problem:
            raise ProviderDown(str(problem)) from problem
        return Asked(order["id"], "")

    def refund(self, refund: ProviderRefund) -> GivenBack:
        """Asked again by people it looks first whether the provider has done it after all, and takes a new key:
        under the old one it would only repeat its refusal."""
        payment, ours = refund.intent.payment_id, str(refund.pk)
        amount = int(refund.amount.scaleb(currency_places(refund.intent.currency)))
        key = ours if refund.times_asked == 1 else f"{ours}-{refund.times_asked}"
        try:
            made = self._refund_made(payment, ours) if refund.times_asked > 1 else None
            if made is None:
                headers = {"X-Refund-Idempotency": key}
                notes = {"refund": ours, "reference": refund.intent.reference}
                asked = {"amount": amount, "notes": notes, "receipt": key}
                made = self._client().payment.refund(payment, asked, headers=headers, timeout=TIMEOUT)
            return GivenBack(made["id"], made["status"] == "processed")
        except BadRequestError as refusal:
            raise RefundRefused(str(refusal)) from refusal
        except DOWN as problem:
            raise ProviderDown(str(problem)) from problem

    def _refund_made(self, payment: str, ours: str) -> dict[str, Any] | None:
        made = self._client().payment.fetch_multiple_refund(payment, {"count": 100}, timeout=TIMEOUT)["items"]
        standing = (refund for refund in made if refund["status"] != "failed")
        return next((refund for refund in standing if _notes(refund).get("refund") == ours), None)

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notice | None:
        signature = headers.get("X-Razorpay-Signature", "")
        try:
            text = body.decode()
            self._client().utility.verify_webhook_signature(text, signature, self.account.webhook_key)
            said = json.loads(text, parse_float=Decimal)
            return _notice(said, event_id=headers.get("X-Razorpay-Event-Id", ""))
        except (SignatureVerificationError, ValueError, KeyError, TypeError) as problem:
            raise Forged(str(problem)) from problem

    def _client(self) -> Any:
        client = razorpay.Client(auth=(self.account.key_id, self.account.key), base_url=settings.RAZORPAY_URL)
        client.enable_retry(False)
        return client


def _notice(said: dict[str, Any], *, event_id: str) -> Notice | None:
    """Raises KeyError where a part is missing that such an event has."""
    state = STATES.get(said["event"])
    if state is None:
        return None
    payload = said["payload"]
    payment = payload["payment"]["entity"]
    refund = payload["refund"]["entity"] if said["event"].startswith("refund.") else {}
    money = refund or payment
    code = payload.get("qr_code", {}).get("entity", {})
    currency = str(money["currency"])
    return Notice(
        event_id=event_id or f"{said['event']}:{money['id']}",
        provider_id=str(code.get("id") or payment.get("order_id") or ""),
        reference=str(_notes(code).get("reference") or _notes(payment).get("reference") or ""),
        state=state,
        amount=Decimal(money["amount"]).scaleb(-currency_places(currency)),
        currency=currency,
        payment_id=str(payment["id"]),
        refund_id=str(refund.get("id", "")),
        refund_key=str(_notes(refund).get("refund", "")),
    )


def _notes(entity: dict[str, Any]) -> dict[str, Any]:
    """Razorpay writes empty notes as a list."""
    notes = entity.get("notes")
    return notes if isinstance(notes, dict) else {}
