"""Filters of stock lists, in the words in which one asks for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pantrypal.core.admin.filters import ChoiceFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


def today_of(request: OrgRequest) -> date:
    """The day in the first of the reader's stores."""
    store = next(iter(stores_of(request).values()), None)
    return store.document_date(timezone.now()) if store else timezone.localdate()


class LevelFilter(ChoiceFilter):
    """Levels that say something, unless told otherwise: what is there, and what is below zero."""

    title = _("stock")
    parameter_name = "stock"
    all_option = ("", _("In stock"))

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("out", _("Out of stock")), ("below", _("Below zero")), ("expired", _("Expired")), ("all", _("All"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().queryset(request, queryset) if self.value() else queryset.exclude(on_hand=0)

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        wanted = {
            "out": Q(on_hand__lte=0),
            "below": Q(on_hand__lt=0),
            "expired": Q(on_hand__gt=0, lot__expires_on__lt=today_of(request)),
        }
        return rows.filter(wanted.get(value, Q()))


class ExpiryFilter(ChoiceFilter):
    title = _("expiry")
    parameter_name = "expiry"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        near = [(str(days), _("Within %s days") % days) for days in (7, 15, 30)]
        return [("expired", _("Expired")), *near, ("recalled", _("Recalled"))]

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        today = today_of(request)
        if value == "recalled":
            return rows.exclude(recalled_at=None)
        if value == "expired":
            return rows.filter(expires_on__lt=today)
        return rows.filter(expires_on__range=(today, today + timedelta(days=int(value))))
