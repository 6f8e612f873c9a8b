"""`events` and `webhooks`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import UNSET, Meta, UnsetType
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer, Body, Code, Name, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.operations.webhooks import (
    deliveries_of,
    remove_webhook,
    replay_deliveries,
    rotate_secret,
    save_webhook,
)
from pantrypal.journal.models import Delivery, OutboxEvent, Webhook

Url = Annotated[str, Meta(max_length=2000)]
Topics = Annotated[list[Code], Meta(max_length=100)]


class EventAnswer(Answer):
    """`cursor` is what `after` takes to go on from here."""

    id: UUID
    cursor: str
    type: str
    timestamp: datetime
    data: dict[str, Any]


class WebhookBody(Body):
    url: Url
    description: Name = ""
    topics: Topics = []


class WebhookPatch(Body):
    url: Url | UnsetType = UNSET
    description: Name | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class WebhookAnswer(Answer):
    """`secret` is told where it has just been made, and never again."""

    id: UUID
    url: str
    description: str
    topics: list[str]
    active: bool
    failing_since: datetime | None
    created_at: datetime
    secret: str | UnsetType = UNSET


class DeliveryAnswer(Answer):
    id: UUID
    event: UUID
    type: str
    state: str
    attempts: int
    status: int | None
    error: str
    next_at: datetime | None
    delivered_at: datetime | None


class ReplayAnswer(Answer):
    deliveries: int


class EventViewSet(OrgViewSet):
    queryset = OutboxEvent.objects.all()
    read_permission = Permission.KEYS_EDIT
    keyset = ("position",)
    parameters = {"after": "The `cursor` of the last event that you have; without it, from the beginning."}

    def shown(self, row: Any) -> EventAnswer:
        return EventAnswer(
            id=row.pk, cursor=str(row.position), type=row.topic, timestamp=row.created_at, data=row.payload
        )

    @documented(summary="Events in order", answer=EventAnswer, many=True, parameters=parameters)
    def list(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 19):
            sentence = _("This cursor is not one of ours. Please start from the first page.")
            raise Invalid(sentence, {"after": [sentence]})
        return self.page(OutboxEvent.objects.filter(position__gt=int(after)))


class WebhookViewSet(OrgViewSet):
    queryset = Webhook.objects.all()
    read_permission = Permission.KEYS_EDIT
    write_permission = Permission.KEYS_EDIT
    keyset = ("created_at", "id")
    paged = ("list", "deliveries")

    def shown(self, row: Any) -> WebhookAnswer:
        return WebhookAnswer(
            id=row.pk,
            url=row.url,
            description=row.description,
            topics=row.topics,
            active=row.is_active,
            failing_since=row.failing_since,
            created_at=row.created_at,
        )

    @documented(summary="List webhooks", answer=WebhookAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Webhook.objects.all())

    @documented(summary="One webhook", answer=WebhookAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Webhook.objects.all(), pk))

    @documented(
        summary="Add a webhook; the answer has its secret", body=WebhookBody, answer=WebhookAnswer, statuses=(201,)
    )
    def create(self, request: Request) -> Response:
        body = decode(request, WebhookBody)
        webhook = Webhook(url=body.url, description=body.description, topics=body.topics)
        return self._with_secret(save_webhook(webhook, **self._by()), status.HTTP_201_CREATED)

    @documented(summary="Change a webhook, or switch it off and on", body=WebhookPatch, answer=WebhookAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        webhook = self.row(Webhook.objects.select_for_update(), pk)
        self.require_fresh(webhook)
        changes = self.changes(decode(request, WebhookPatch))
        for name, value in changes.items():
            setattr(webhook, {"active": "is_active"}.get(name, name), value)
        return self.one(save_webhook(webhook, **self._by()))

    @documented(summary="Remove a webhook with its deliveries", statuses=(204,))
    def destroy(self, request: Request, pk: str) -> Response:
        remove_webhook(self.row(Webhook.objects.all(), pk), **self._by())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @documented(summary="Give it a new secret; the old one signs for another day", answer=WebhookAnswer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate(self, request: Request, pk: str) -> Response:
        return self._with_secret(rotate_secret(self.row(Webhook.objects.all(), pk), **self._by()), status.HTTP_200_OK)

    @documented(summary="What has become of its deliveries, newest first", answer=DeliveryAnswer, many=True)
    @action(detail=True, methods=["get"])
    def deliveries(self, request: Request, pk: str) -> Response:
        page = NewestFirst()
        rows = page.paginate_queryset(deliveries_of(self.row(Webhook.objects.all(), pk)), request, self)
        return page.get_paginated_response([_shown_delivery(row) for row in rows or []])

    @documented(
        summary="Send again everything that was given up",
        answer=ReplayAnswer,
        statuses=(202,),
        name="webhooks_deliveries_replay_all",
    )
    @action(detail=True, methods=["post"], url_path="deliveries/replay")
    def replay_all(self, request: Request, pk: str) -> Response:
        given_up = deliveries_of(self.row(Webhook.objects.all(), pk)).filter(given_up_at__isnull=False)
        return self._replayed(given_up)

    @documented(summary="Send one delivery again", answer=ReplayAnswer, statuses=(202,))
    @action(detail=True, methods=["post"], url_path="deliveries/(?P<delivery>[^/]+)/replay")
    def replay(self, request: Request, pk: str, delivery: str) -> Response:
        deliveries = deliveries_of(self.row(Webhook.objects.all(), pk))
        return self._replayed(deliveries.filter(pk=self.row(deliveries, delivery).pk))

    @transaction.atomic
    def _replayed(self, deliveries: Any) -> Response:
        count = replay_deliveries(deliveries, **self._by())
        return Response(ReplayAnswer(deliveries=count), status=status.HTTP_202_ACCEPTED)

    def _with_secret(self, webhook: Webhook, code: int) -> Response:
        answer = self.shown(webhook)
        answer.secret = webhook.secret
        return Response(answer, status=code)

    def _by(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": timezone.now()}


class NewestFirst(KeysetPage):
    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("-id",)


def _shown_delivery(row: Delivery) -> DeliveryAnswer:
    return DeliveryAnswer(
        id=row.pk,
        event=row.event_id,
        type=row.event.topic,
        state=row.state,
        attempts=row.attempts,
        status=row.status,
        error=row.error,
        next_at=row.next_at if row.state == "waiting" else None,
        delivered_at=row.delivered_at,
    )
