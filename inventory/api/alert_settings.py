"""`alert-settings`: what each store wants to hear, and when."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from django.utils import timezone
from msgspec import UNSET, Meta, UnsetType
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.models import AlertSettings
from inventory.operations.alerts import save_alert_settings
from inventory.queries.alerts import settings_of
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import Answer, Body, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.models import Store
from pantrypal.core.queries import all_stores, find_store

Kind = Literal["oversold", "expired", "out", "low", "near_expiry", "above_mrp", "stuck_transfer"]


class AlertSettingsAnswer(Answer):
    """`near_expiry_days` before a lot expires, where it lasts `shelf_life_times` as long; `digest_at` in the store's
    own time; `immediate` kinds are mailed when they happen.
    """

    store: str
    near_expiry_days: list[int]
    shelf_life_times: int
    transfer_days: int
    immediate: list[str]
    has_digest: bool
    digest_at: time


class AlertSettingsChanges(Body):
    """Only what is named is changed."""

    near_expiry_days: Annotated[list[int], Meta(max_length=5)] | UnsetType = UNSET
    shelf_life_times: Annotated[int, Meta(ge=0, le=20)] | UnsetType = UNSET
    transfer_days: Annotated[int, Meta(ge=0, le=365)] | UnsetType = UNSET
    immediate: Annotated[list[Kind], Meta(max_length=7)] | UnsetType = UNSET
    has_digest: bool | UnsetType = UNSET
    digest_at: time | UnsetType = UNSET


class AlertSettingsViewSet(OrgViewSet):
    queryset = AlertSettings.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT

    @documented(summary="What each store wants to hear", answer=AlertSettingsAnswer, many=True)
    def list(self, request: Request) -> Response:
        stores = [store for store in all_stores() if self.actor.may(Permission.STOCK_VIEW, store.pk)]
        return Response({"results": [_shown(store) for store in stores], "next": None})

    @documented(summary="What a store, by code or id, wants to hear", answer=AlertSettingsAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        store = find_store(pk)
        require(self.actor, Permission.STOCK_VIEW, store.pk)
        return Response(_shown(store))

    @documented(summary="Change what a store wants to hear", body=AlertSettingsChanges, answer=AlertSettingsAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        store = find_store(pk)
        settings = settings_of(store.pk)
        for name, value in self.changes(decode(request, AlertSettingsChanges)).items():
            setattr(settings, name, value)
        save_alert_settings(settings, store=store, actor=self.actor, at=timezone.now())
        return Response(_shown(store))


def _shown(store: Store) -> AlertSettingsAnswer:
    kept = settings_of(store.pk)
    names = [name for name in AlertSettingsAnswer.__struct_fields__ if name != "store"]
    return AlertSettingsAnswer(store=store.code, **{name: getattr(kept, name) for name in names})
