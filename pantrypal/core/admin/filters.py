"""Filters of lists. Choices come from the organization's own rows only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.utils import parse_date_str

from pantrypal.core.admin.scope import stores_of, zone_of
from pantrypal.core.business_time import zone

# What Django's and unfold's filters of a field add to its name.
ENDINGS = ("__exact", "__id__exact", "__isnull", "_from", "_to")


def offered_by(list_filter: Iterable[Any]) -> Iterator[str]:
    """The parameters of the filters that a list offers."""
    for item in list_filter:
        if isinstance(item, list | tuple):
            yield from (item[0] + ending for ending in ENDINGS)
        elif isinstance(item, type) and issubclass(item, SimpleListFilter) and item.parameter_name:
            yield item.parameter_name


class ChoiceFilter(DropdownFilter):  # type: ignore[misc]
    """A choice among `options`; anything else in the address shows no rows."""

    def options(self, request: Any) -> list[tuple[str, Any]]:
        raise NotImplementedError

    def narrow(self, request: Any, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return self.options(request)

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        if value not in (key for key, _title in self.lookup_choices):
            return queryset.none()
        return self.narrow(request, queryset, value)


class StoreFilter(ChoiceFilter):
    title = _("store")
    parameter_name = "store"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [(str(pk), store.name) for pk, store in stores_of(request).items()]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1 or bool(self.value())

    def narrow(self, request: Any, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows.filter(store_id=UUID(value))


class ArchivedFilter(ChoiceFilter):
    """Lists show what is in use unless told otherwise."""

    title = _("state")
    parameter_name = "state"
    all_option = ("", _("In use"))

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("archived", _("Archived")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if not self.value():
            return queryset.filter(archived_at=None)
        return super().queryset(request, queryset)

    def narrow(self, request: Any, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows.exclude(archived_at=None) if value == "archived" else rows


class DayFilter(RangeDateFilter):  # type: ignore[misc]
    """From one day to another, for moments: the days are those of the shop's own time zone."""

    def queryset(self, request: Any, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        first, last = (self._day(end) for end in ("from", "to"))
        clock = zone(zone_of(queryset.model(), request))
        if first:
            queryset = queryset.filter(**{f"{self.field_path}__gte": datetime.combine(first, time(), clock)})
        if last and last < date.max:
            after = datetime.combine(last + timedelta(days=1), time(), clock)
            queryset = queryset.filter(**{f"{self.field_path}__lt": after})
        return queryset

    def _day(self, end: str) -> date | None:
        day: date | None = parse_date_str(self.used_parameters.get(f"{self.field_path}_{end}") or "")
        return day
