"""Stock counts: begun here, scanned on phones, judged and posted here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import action as page_action

from inventory.models import StockCount, StockCountLine
from inventory.operations.stock_counts import cancel_count, open_count
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerInline, Menu, OrgAdmin, site
from pantrypal.core.admin.filters import StoreFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


class StockCountLineInline(LedgerInline):
    model = StockCountLine
    view_permission = Permission.STOCK_VIEW
    fields = ("product", "lot", "counted", "expected", "variance", "unit_cost", "reason")


@register(StockCount, site=site)
class StockCountAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 52, "checklist")
    list_display = ("number", "store_id", "title", "scope", "status", "started_at", "ended_at")
    list_filter = (StoreFilter, ("status", ChoicesDropdownFilter), ("category", RelatedDropdownFilter))
    search_fields = ("number", "title")
    ordering = ("-id",)
    sortable_by = ()
    actions = ("cancel",)
    actions_detail = ("differences",)
    autocomplete_fields = ("category",)
    empty_hint = _("Begin a count here, then scan on phones. The shop stays open: sales are taken into account.")

    def has_change_permission(self, request: OrgRequest, obj: StockCount | None = None) -> bool:
        return not isinstance(obj, StockCount) and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: StockCount | None = None) -> Any:
        about = ("store_id", "title"), ("scope", "category")
        if obj is None:
            return about
        return (("number", "status"), *about, ("started_at", "started_by"), ("ended_at", "ended_by"))

    def get_inlines(self, request: OrgRequest, obj: StockCount | None) -> list[Any]:
        return [StockCountLineInline] if obj is not None and obj.status == StockCount.Status.POSTED else []

    def operate(self, request: OrgRequest, row: StockCount, form: Any, formsets: list[Any]) -> StockCount:
        return open_count(row, store=stores_of(request)[row.store_id], **self.by(request))

    @page_action(description=_("Differences"), url_path="differences", permissions=["view"])  # type: ignore[untyped-decorator]
    def differences(self, request: OrgRequest, object_id: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(f"{reverse('admin:count_differences')}?count={object_id}")

    @action(description=_("Call off: nothing comes of it"), permissions=["change"])
    def cancel(self, request: OrgRequest, counts: QuerySet[StockCount]) -> None:
        for count in counts:
            cancel_count(count, **self.by(request))
        said = ngettext("%s count is called off.", "%s counts are called off.", len(counts)) % len(counts)
        self.message_user(request, said, messages.SUCCESS)
