"""The stores a request may see, read once for a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

UNKNOWN = UUID(int=0)


def stores_of(request: OrgRequest) -> dict[UUID, Store]:
    """The organization's stores that the actor covers, archived ones too, in the order of their codes."""
    if not hasattr(request, "_admin_stores"):
        stores = Store.objects.select_related("org").order_by("code")
        covered = stores if request.actor.stores is None else stores.filter(pk__in=request.actor.stores)
        request._admin_stores = {store.pk: store for store in covered}  # type: ignore[attr-defined]
    found: dict[UUID, Store] = request._admin_stores  # type: ignore[attr-defined]
    return found


def covered_only(rows: models.QuerySet[Any], request: OrgRequest) -> models.QuerySet[Any]:
    """Without the rows of stores that the actor does not cover."""
    if request.actor.stores is None:
        return rows
    if rows.model is Store:
        return rows.filter(pk__in=request.actor.stores)
    if any(field.name == "store_id" for field in rows.model._meta.concrete_fields):
        return rows.filter(store_id__in=request.actor.stores)
    return rows


def zone_of(row: models.Model, request: OrgRequest) -> str:
    """The time zone of the row's own store, else of the first store there is."""
    stores = stores_of(request)
    own = row if isinstance(row, Store) else stores.get(row.__dict__.get("store_id", UNKNOWN))
    store = own or next(iter(stores.values()), None)
    return "Asia/Kolkata" if store is None else store.time_zone
