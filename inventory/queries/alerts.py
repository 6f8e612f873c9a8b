"""Alerts as pages, digests and the API read them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from inventory.coverage import Stores, covered
from inventory.models import Alert, AlertKind, AlertSettings, StockMove
from pantrypal.core.access import Permission
from pantrypal.core.models import Membership, Store

ORDER = {kind: place for place, kind in enumerate(AlertKind.values)}


def settings_of(store_id: UUID) -> AlertSettings:
    """The store's own, or the defaults, unsaved."""
    return AlertSettings.objects.filter(store_id=store_id).first() or AlertSettings(store_id=store_id)


def awake_alerts(store_id: UUID, *, at: datetime) -> list[Alert]:
    """Open ones that nobody has put off, the most pressing kinds first."""
    alerts = Alert.objects.awake(at).filter(store_id=store_id).select_related("product", "lot", "transfer")
    return sorted(alerts, key=lambda alert: (ORDER[alert.kind], alert.raised_at))


def counts_by_kind(*, stores: Stores, at: datetime) -> Counter[str]:
    alerts = Alert.objects.awake(at).filter(**covered(stores))
    return Counter(dict(alerts.values_list("kind").annotate(Count("pk"))))


def goods_of(document: UUID) -> dict[UUID, set[UUID]]:
    """The products that a document has moved, by store."""
    moved: dict[UUID, set[UUID]] = {}
    for store, product in StockMove.objects.filter(document_id=document).values_list("store_id", "product"):
        moved.setdefault(store, set()).add(product)
    return moved


def who_is_told(store: Store) -> list[str]:
    """E-mail addresses of the people who look after the store's stock."""
    members = Membership.objects.filter(org=store.org_id, is_active=True).select_related("user", "org")
    actors = [(member.user.email, member.actor()) for member in members]
    return sorted(email for email, actor in actors if actor.may(Permission.STOCK_EDIT, store.pk))
