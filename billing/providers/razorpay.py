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

from billing.models import PaymentAccount, PaymentIntent
from billing.models.payment import Method
from billing.providers.interface import Asked, Forged, Notice, ProviderDown
from pantrypal.core.money import currency_places

STATES = {
    "payment.captured": PaymentIntent.State.PAID,
    "qr_code.credited": PaymentIntent.State.PAID,
    "payment.failed": PaymentIntent.State.FAILED,
    "refund.processed": PaymentIntent.State.REFUNDED,
}


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
        except (BadRequestError, GatewayError, ServerError, RequestException, KeyError, ValueError) as problem:
            raise ProviderDown(str(problem)) from problem
        return Asked(order["id"], "")

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
    money = payload["refund"]["entity"] if state == PaymentIntent.State.REFUNDED else payment
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
    )


def _notes(entity: dict[str, Any]) -> dict[str, Any]:
    """Razorpay writes empty notes as a list."""
    notes = entity.get("notes")
    return notes if isinstance(notes, dict) else {}
