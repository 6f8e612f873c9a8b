"""`payment-intents`: a payment that the buyer is asked for by a code, until the provider confirms it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.models import PaymentIntent
from billing.operations.asked_payments import ask_for_payment
from billing.queries import find_register
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import Answer, Body, Code, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.queries import find_store, store_codes


class PaymentIntentBody(Body):
    """`bill` is the id that the sale is going to have (UUIDv7): the payment counts for that sale only."""

    store: Code
    register: Code
    bill: UUID
    amount: Decimal
    method: Literal["upi", "card"] = "upi"


class PaymentIntentAnswer(Answer):
    """Show `link` as a QR code. Once `state` is paid, the sale names `reference` in its payment.

    `is_confirmed_by_provider` is false where the store's own UPI id is paid: then the cashier looks.
    """

    id: UUID
    store: str
    bill: UUID
    method: str
    amount: Decimal
    currency: str
    reference: str
    link: str
    state: str
    is_confirmed_by_provider: bool
    created_at: datetime
    paid_at: datetime | None


class PaymentIntentViewSet(OrgViewSet):
    queryset = PaymentIntent.objects.all()
    read_permission = Permission.SELL
    write_permission = Permission.SELL

    def shown(self, row: Any) -> PaymentIntentAnswer:
        return PaymentIntentAnswer(
            id=row.pk,
            store=store_codes()[row.store_id],
            bill=row.subject_id,
            method=row.method,
            amount=row.amount,
            currency=row.currency,
            reference=row.reference,
            link=row.link,
            state=row.state,
            is_confirmed_by_provider=row.account_id is not None,
            created_at=row.created_at,
            paid_at=row.paid_at,
        )

    @documented(summary="Has it been paid?", answer=PaymentIntentAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        intent = self.row(PaymentIntent.objects.all(), pk)
        require(self.actor, Permission.SELL, intent.store_id)
        return self.one(intent)

    @documented(
        summary="Ask the buyer for a payment", body=PaymentIntentBody, answer=PaymentIntentAnswer, statuses=(201,)
    )
    def create(self, request: Request) -> Response:
        body = decode(request, PaymentIntentBody)
        store = find_store(body.store)
        intent = ask_for_payment(
            store=store,
            register=find_register(body.register, store),
            subject=body.bill,
            method=body.method,
            amount=body.amount,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self.shown(intent), status=status.HTTP_201_CREATED)
