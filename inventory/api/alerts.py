"""`alerts`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.models import Alert
from inventory.operations.alerts import snooze_alerts
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer, Body, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import find_store, store_codes

FILTERS = {
    "store": "Code or id of the store.",
    "kind": "oversold, expired, out, low, near_expiry, above_mrp or stuck_transfer.",
    "state": "open (as without it), snoozed, closed or all.",
}


class AlertAnswer(Answer):
    """`figure` is what was on hand when it was raised, `days` the days before expiry that raised it."""

    id: UUID
    kind: str
    store: str
    product: UUID | None
    lot: str | None
    transfer: str | None
    days: int | None
    figure: Decimal
    text: str
    raised_at: datetime
    closed_at: datetime | None
    snoozed_until: datetime | None


class SnoozeBody(Body):
    until: datetime


class AlertViewSet(OrgViewSet):
    queryset = Alert.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    keyset = ("-raised_at", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> AlertAnswer:
        return AlertAnswer(
            id=row.pk,
            kind=row.kind,
            store=self.codes[row.store_id],
            product=row.product_id,
            lot=row.lot.code if row.lot else None,
            transfer=row.transfer.number if row.transfer else None,
            days=row.stage or None,
            figure=row.figure,
            text=row.sentence,
            raised_at=row.raised_at,
            closed_at=row.closed_at,
            snoozed_until=row.snoozed_until,
        )

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Alerts, newest first", answer=AlertAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        alerts = _in_state(self._alerts(), request.query_params.get("state") or "open")
        if store := request.query_params.get("store"):
            alerts = alerts.filter(store_id=find_store(store).pk)
        if kind := request.query_params.get("kind"):
            alerts = alerts.filter(kind=kind)
        return self.page(alerts)

    @documented(summary="One alert", answer=AlertAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._alerts(), pk))

    @documented(summary="Put an alert off", body=SnoozeBody, answer=AlertAnswer)
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: str) -> Response:
        alert, until = self.row(self._alerts(), pk), decode(request, SnoozeBody).until
        if until.tzinfo is None:
            sentence = _("Please give the time with its zone.")
            raise Invalid(sentence, {"until": [sentence]})
        snooze_alerts([alert], until=until, actor=self.actor, at=timezone.now())
        return self.one(alert)

    def _alerts(self) -> Any:
        alerts = Alert.objects.select_related("product", "lot", "transfer")
        return alerts if self.actor.stores is None else alerts.filter(store_id__in=self.actor.stores)


def _in_state(alerts: Any, state: str) -> Any:
    now = timezone.now()
    match state:
        case "open":
            return alerts.awake(now)
        case "snoozed":
            return alerts.open().filter(snoozed_until__gt=now)
        case "closed":
            return alerts.exclude(closed_at=None)
        case "all":
            return alerts
        case _other:
            sentence = _("One of open, snoozed, closed, all.")
            raise Invalid(f"state: {sentence}", {"state": [sentence]})
