"""Promotions, with the goods they are about and the coupons that open them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from catalog.models import Coupon, Promotion, PromotionTarget
from catalog.operations.coupons import CouponInput, save_coupons
from catalog.operations.promotions import TargetInput, archive_promotions, restore_promotions, save_promotion
from catalog.promotions.words import effect
from catalog.queries import rules_of
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, PageColumn, site
from pantrypal.core.admin.clock import ByShopClock
from pantrypal.core.admin.filters import ArchivedFilter, ChoiceFilter
from pantrypal.core.admin.forms import RefusableForm, rows_of
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


def _effects(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    return {rule.id: effect(rule) for rule in rules_of(rows)}


class TargetInline(OrgInline):
    model = PromotionTarget
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.PRICE_EDIT
    fields = ("role", "category", "brand", "product")
    autocomplete_fields = ("category", "brand", "product")
    verbose_name_plural = _("goods (none: all goods)")


class CouponInline(OrgInline):
    """Codes for many; those for one use each have a list of their own."""

    model = Coupon
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.PRICE_EDIT
    fields = ("code", "most_uses")
    verbose_name_plural = _("coupons that open it")

    def has_delete_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: OrgRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(most_uses=1)


class PromotionForm(RefusableForm):
    stores = forms.TypedMultipleChoiceField(
        label=_("Stores"),
        required=False,
        coerce=UUID,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None: all stores."),
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        required=False,
        coerce=int,
        choices=Promotion.Day.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None: every day."),
    )


@register(Promotion, site=site)
class PromotionAdmin(ByShopClock, OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.PRICE_EDIT
    menu = Menu("catalog", 42, "loyalty")
    form = PromotionForm
    page_columns = (PageColumn("effect", _("what it does"), _effects),)
    list_display = ("name", page_columns[0], "starts_at", "ends_at", "needs_coupon", "stackable")
    list_filter = (("kind", ChoicesDropdownFilter), ArchivedFilter)
    search_fields = ("name",)
    ordering = ("name",)
    sortable_by = ("name",)
    inlines = (TargetInline, CouponInline)
    actions = ("archive", "restore")
    empty_hint = _("Take something off: a week of ten percent, buy two get one, any five for one price.")
    fieldsets = (
        (None, {"fields": (("name", "kind"), ("percent", "amount"), ("buy", "get"), ("least_spend", "most_times"))}),
        (_("When and where"), {"fields": (("starts_at", "ends_at"), "days", ("hours_from", "hours_until"), "stores")}),
        (_("Together with others"), {"fields": (("priority", "stackable"), ("needs_coupon",))}),
    )

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "stores" in form.base_fields:
            form.base_fields["stores"].choices = [(str(pk), store.name) for pk, store in stores_of(request).items()]
        return form

    def operate(self, request: OrgRequest, row: Promotion, form: Any, formsets: list[Any]) -> Promotion:
        targets = [
            TargetInput(given["role"], given["product"], given["category"], given["brand"])
            for given in rows_of(formsets[0])
        ]
        coupons = [CouponInput(given["code"], given["most_uses"]) for given in rows_of(formsets[1])]
        saved = save_promotion(row, org=request.org, targets=targets, **self.by(request))
        save_coupons(saved, coupons, **self.by(request))
        return saved

    @action(description=_("End: no longer given"), permissions=["change"])
    def archive(self, request: OrgRequest, promotions: QuerySet[Promotion]) -> None:
        done = archive_promotions(promotions.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s promotion is ended.", "%s promotions are ended.", done)
        self.message_user(request, said % done, messages.SUCCESS)

    @action(description=_("Take up again"), permissions=["change"])
    def restore(self, request: OrgRequest, promotions: QuerySet[Promotion]) -> None:
        done = restore_promotions(promotions.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s promotion is given again.", "%s promotions are given again.", done)
        self.message_user(request, said % done, messages.SUCCESS)


def _uses(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    counted = Coupon.objects.filter(pk__in=[row.pk for row in rows]).annotate(given=Count("uses"))
    return dict(counted.values_list("pk", "given"))


def _promotions(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, SafeString]:
    def link(row: Coupon) -> SafeString:
        url = reverse("admin:catalog_promotion_change", args=[row.promotion_id])
        return format_html('<a href="{}">{}</a>', url, row.promotion)

    return {row.pk: link(row) for row in rows}


class UseFilter(ChoiceFilter):
    title = _("used")
    parameter_name = "use"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("no", _("Not used yet")), ("yes", _("Used"))]

    def narrow(self, request: Any, rows: Any, value: str) -> Any:
        return rows.filter(used__gt=0) if value == "yes" else rows.filter(used=0)


@register(Coupon, site=site)
class CouponAdmin(OrgAdmin):
    """Found by its code, at the counter: whose is it, and has it been used?"""

    view_permission = Permission.CATALOG_VIEW
    menu = Menu("catalog", 43, "confirmation_number")
    page_columns = (
        PageColumn("promotion", _("promotion"), _promotions),
        PageColumn("uses", _("used"), _uses, is_figure=True),
    )
    list_display = ("code", page_columns[0], "most_uses", page_columns[1])
    list_select_related = ("promotion",)
    list_filter = (("promotion", RelatedDropdownFilter), UseFilter)
    search_fields = ("code__startswith",)
    ordering = ("code",)
    sortable_by = ()
    fields = ("code", "promotion", "most_uses")
    empty_hint = _("Coupons are made with their promotion.")
