"""Alerts: raised, closed and put off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from inventory.models import Alert, AlertSettings
from inventory.queries.alerts import settings_of
from inventory.queries.causes import causes_in
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent


@transaction.atomic
def refresh_alerts(store: Store, products: Iterable[UUID] | None = None, *, at: datetime) -> list[Alert]:
    """Raise what has come up and close what is over, of these products (None: of all). Returns what was raised.

    Asked for by nobody: it follows from the stock. Two that look at once go one after the other, so each cause is
    raised once.
    """
    _wait_for_others(store)
    chosen = None if products is None else list(products)
    found = causes_in(store, chosen, at=at, wanted=settings_of(store.pk))
    causes = {cause.key: cause for cause in found}
    standing = Alert.objects.open().filter(store_id=store.pk)
    if chosen is not None:
        standing = standing.filter(product__in=chosen)
    known = {row.key: row for row in standing}
    raised = [
        Alert(
            store_id=store.pk,
            kind=cause.kind,
            product_id=cause.product,
            lot_id=cause.lot,
            transfer_id=cause.transfer,
            stage=cause.stage,
            figure=cause.figure,
            raised_at=at,
        )
        for key, cause in causes.items()
        if key not in known
    ]
    Alert.objects.bulk_create(raised)
    over = [row for key, row in known.items() if key not in causes]
    Alert.objects.filter(pk__in=[row.pk for row in over]).update(closed_at=at)
    _tell("alert.raised", raised)
    _tell("alert.closed", over)
    return raised


def _wait_for_others(store: Store) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"alerts of {store.pk}"])


def _tell(topic: str, alerts: Iterable[Alert]) -> None:
    OutboxEvent.objects.bulk_create(
        OutboxEvent(
            topic=topic,
            payload={
                "alert": str(alert.pk),
                "kind": alert.kind,
                "store": str(alert.store_id),
                "product": str(alert.product_id) if alert.product_id else None,
                "lot": str(alert.lot_id) if alert.lot_id else None,
                "transfer": str(alert.transfer_id) if alert.transfer_id else None,
            },
        )
        for alert in alerts
    )


@transaction.atomic
def snooze_alerts(alerts: Iterable[Alert], *, until: datetime, actor: Actor, at: datetime) -> int:
    """Put alerts off: until then they are neither counted nor told. Returns how many were put off. Raises Invalid."""
    if until <= at:
        sentence = _("Please choose a moment that is still to come.")
        raise Invalid(sentence, {"until": [sentence]})
    done = 0
    for alert in alerts:
        require(actor, Permission.STOCK_EDIT, alert.store_id)
        if alert.closed_at is None:
            alert.snoozed_until = until
            alert.save(update_fields=["snoozed_until"])
            AuditEntry.record("alert.snoozed", alert, actor=actor, at=at, until=until)
            done += 1
    return done


@transaction.atomic
def save_alert_settings(settings: AlertSettings, *, store: Store, actor: Actor, at: datetime) -> AlertSettings:
    """What a store wants to hear, from now on. Raises Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    save_valid(settings)
    told: dict[str, object] = {"days": settings.near_expiry_days, "times": settings.shelf_life_times}
    told |= {"immediate": settings.immediate, "digest": settings.has_digest}
    AuditEntry.record("alert_settings.changed", settings, actor=actor, at=at, store=store.code, **told)
    refresh_alerts(store, at=at)
    return settings
