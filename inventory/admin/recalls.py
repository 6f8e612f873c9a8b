"""Recalls: started here, ended here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminTextInputWidget

from inventory.models import Recall, RecalledLot
from inventory.operations.recalls import end_recall, start_recall
from inventory.queries.recalls import recalled_on_hand
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, PageColumn, site
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import quantity


def _on_hand(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    found = recalled_on_hand([row.pk for row in rows], stores=request.actor.stores)
    return {row.pk: quantity(found[row.pk]) if row.pk in found else "0" for row in rows}


def _lots(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    codes: dict[Any, list[str]] = {}
    for recall, code in RecalledLot.objects.filter(recall__in=[row.pk for row in rows]).values_list(
        "recall", "lot__code"
    ):
        codes.setdefault(recall, []).append(code)
    return {pk: ", ".join(sorted(of_recall)) for pk, of_recall in codes.items()}


class RecallForm(RefusableForm):
    lots = forms.CharField(
        label=_("Lot numbers"),
        max_length=4000,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Separated by commas. They stop at every till as soon as you save."),
    )


@register(Recall, site=site)
class RecallAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 60, "front_hand")
    form = RecallForm
    page_columns = (
        PageColumn("codes", _("lots"), _lots),
        PageColumn("on_hand", _("in stock"), _on_hand, is_figure=True),
    )
    list_display = ("product", page_columns[0], "reason", page_columns[1], "started_at", "ended_at")
    list_select_related = ("product",)
    search_fields = ("product__name", "reason")
    ordering = ("-id",)
    sortable_by = ()
    autocomplete_fields = ("product",)
    actions = ("end",)
    empty_hint = _("When goods are called back, name their lots here. Every till refuses them at once.")

    def has_change_permission(self, request: OrgRequest, obj: Recall | None = None) -> bool:
        return not isinstance(obj, Recall) and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: Recall | None = None) -> Any:
        if obj is None:
            return ("product", "lots", "reason", "message")
        return (
            "product",
            self.page_columns[0],
            "reason",
            "message",
            "started_at",
            "started_by",
            "ended_at",
            "ended_by",
        )

    def get_readonly_fields(self, request: OrgRequest, obj: Recall | None = None) -> Any:
        return () if obj is None else self.written(self.get_fields(request, obj), request)

    def operate(self, request: OrgRequest, row: Recall, form: Any, formsets: list[Any]) -> Recall:
        codes = form.cleaned_data["lots"].split(",")
        return start_recall(row.product, codes, reason=row.reason, message=row.message, **self.by(request))

    @action(description=_("End: these lots may be sold again"), permissions=["change"])
    def end(self, request: OrgRequest, recalls: QuerySet[Recall]) -> None:
        for recall in recalls:
            end_recall(recall, **self.by(request))
        said = ngettext("%s recall has ended.", "%s recalls have ended.", len(recalls)) % len(recalls)
        self.message_user(request, said, messages.SUCCESS)
