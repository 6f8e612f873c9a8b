"""Prices noted ahead and the history of all; price lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from catalog.models import Price, PriceList
from catalog.operations.prices import PriceInput, save_price_list, set_price, withdraw_price
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.admin.clock import ByShopClock
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


class PriceForm(RefusableForm):
    store_id = forms.TypedChoiceField(
        label=_("Store"), required=False, coerce=UUID, empty_value=None, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "valid_from" in self.fields:
            self.fields["valid_from"].required = False
            self.fields["valid_from"].help_text = _("Empty: now.")


@register(Price, site=site)
class PriceAdmin(ByShopClock, OrgAdmin):
    """A price is noted once; then it is read, and withdrawn if it has not begun."""

    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.PRICE_EDIT
    menu = Menu("catalog", 35, "price_change")
    form = PriceForm
    list_display = ("valid_from", "product", "store_id", "price_list", "was", "price", "actor")
    list_select_related = ("product", "price_list")
    list_filter = (
        ("product", AutocompleteSelectFilter),
        StoreFilter,
        ("price_list", RelatedDropdownFilter),
        ("valid_from", DayFilter),
    )
    ordering = ("-valid_from", "-id")
    sortable_by = ()
    autocomplete_fields = ("product", "price_list")
    fields = (("product", "price"), ("store_id", "price_list"), ("valid_from",))
    actions = ("withdraw",)
    empty_hint = _("Note a price for a store, for a list, or from a day to come. Every change of a price is kept here.")

    def has_change_permission(self, request: OrgRequest, obj: Price | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "store_id" in form.base_fields:
            stores = [(str(pk), store.name) for pk, store in stores_of(request).items() if store.archived_at is None]
            form.base_fields["store_id"].choices = [("", _("all stores")), *stores]
        return form

    def operate(self, request: OrgRequest, row: Price, form: Any, formsets: list[Any]) -> Price:
        given = PriceInput(row.product, row.price, row.store_id, row.price_list, row.valid_from)
        return set_price(given, org=request.org, **self.by(request))

    @action(description=_("Withdraw: those that have not begun"), permissions=["change"])
    def withdraw(self, request: OrgRequest, prices: QuerySet[Price]) -> None:
        for row in prices:
            withdraw_price(row, **self.by(request))
        self.message_user(request, _("Withdrawn."), messages.SUCCESS)


class PriceListForm(RefusableForm):
    stores = forms.TypedMultipleChoiceField(
        label=_("Stores"),
        required=False,
        coerce=UUID,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None: all stores."),
    )


@register(PriceList, site=site)
class PriceListAdmin(ByShopClock, OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.PRICE_EDIT
    menu = Menu("catalog", 36, "list_alt")
    form = PriceListForm
    list_display = ("name", "starts_at", "ends_at")
    search_fields = ("name",)
    ordering = ("name",)
    sortable_by = ("name",)
    fields = ("name", ("starts_at", "ends_at"), "stores")
    empty_hint = _("Prices that hold together for a while: make the list, then change prices into it.")

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "stores" in form.base_fields:
            form.base_fields["stores"].choices = [(str(pk), store.name) for pk, store in stores_of(request).items()]
        return form

    def operate(self, request: OrgRequest, row: PriceList, form: Any, formsets: list[Any]) -> PriceList:
        return save_price_list(row, **self.by(request))
