"""Shards: made and filled by commands, opened and closed for new organizations here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.platform.site import PlatformAdmin, platform
from pantrypal.core.models import OrgRoute, Shard
from pantrypal.core.operations.platform import Operator, open_for_sign_up


@register(Shard, site=platform)
class ShardAdmin(PlatformAdmin):
    menu = Menu("organization", 30, "database")
    list_display = ("schema_name", "name", "organizations", "open_for_signup")
    fields = ("schema_name", "name", "open_for_signup")
    ordering = ("schema_name",)
    actions = ("open", "close")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Shard]:
        routes = OrgRoute.objects.filter(shard=OuterRef("pk")).order_by().values("shard")
        rows: QuerySet[Shard] = super().get_queryset(request)
        filled: QuerySet[Shard] = rows.annotate(filled=Subquery(routes.annotate(count=Count("pk")).values("count")))
        return filled

    @display(description=_("organizations"), ordering="filled")
    def organizations(self, shard: Any) -> int:
        return shard.filled or 0

    @action(description=_("Open for new organizations"))
    def open(self, request: Any, shards: QuerySet[Shard]) -> None:
        self._set(request, shards, is_open=True)

    @action(description=_("Close for new organizations"))
    def close(self, request: Any, shards: QuerySet[Shard]) -> None:
        self._set(request, shards, is_open=False)

    def _set(self, request: Any, shards: QuerySet[Shard], *, is_open: bool) -> None:
        for shard in shards:
            open_for_sign_up(shard=shard, is_open=is_open, operator=Operator(request.user))
        self.message_user(request, _("Done."), messages.SUCCESS)
