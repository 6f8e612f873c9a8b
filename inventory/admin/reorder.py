"""Reorder rules, and the page that says what to order."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter

from inventory.models import ReorderRule
from inventory.operations.reorder import draft_orders, make_rules, remove_rules, save_rule
from inventory.queries.needs import suggestions
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.admin.filters import StoreFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.queries import as_uuid

TITLE = gettext_lazy("What to order")


@register(ReorderRule, site=site)
class ReorderRuleAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    menu = Menu("stock", 43, "rule_settings")
    empty_hint = gettext_lazy("A rule says when to order a product again. “What to order” makes rules from your sales.")
    list_display = ("product", "store_id", "reorder_point", "target", "pack", "supplier")
    list_select_related = ("product", "supplier")
    list_filter = (StoreFilter, ("supplier", RelatedDropdownFilter), ("product", AutocompleteSelectFilter))
    search_fields = ("product__name",)
    sortable_by = ()
    autocomplete_fields = ("product", "supplier")
    fields = (("store_id", "product"), ("reorder_point", "target"), ("pack", "supplier"))
    actions = ("remove",)

    def operate(self, request: Any, row: ReorderRule, form: Any, formsets: list[Any]) -> ReorderRule:
        return save_rule(row, **self.by(request))

    @action(description=gettext_lazy("Remove: order by eye from now on"), permissions=["change"])
    def remove(self, request: Any, rules: QuerySet[ReorderRule]) -> None:
        done = remove_rules(rules, **self.by(request))
        said = ngettext("%s rule is removed.", "%s rules are removed.", done)
        self.message_user(request, said % done, messages.SUCCESS)


def what_to_order(request: Any) -> HttpResponse:
    """Suggestions of one store with their arithmetic; a click drafts an order for each supplier."""
    stores = {pk: store for pk, store in stores_of(request).items() if store.archived_at is None}
    asked = request.POST.get("store") or request.GET.get("store") or ""
    store = stores.get(as_uuid(asked) or UUID(int=0)) or next(iter(stores.values()), None)
    if request.method == "POST" and store is not None:
        return _act(request, store)
    needs = suggestions(store, at=timezone.now()) if store else []
    has_rules = store is not None and ReorderRule.objects.filter(store_id=store.pk).exists()
    context = {"stores": stores.values(), "store": store, "needs": needs, "has_rules": has_rules}
    return site.page(request, "inventory/admin/what_to_order.html", str(TITLE), **context)


def _act(request: Any, store: Store) -> HttpResponse:
    by = {"actor": request.actor, "at": timezone.now()}
    here = f"{reverse('admin:inventory_what_to_order')}?store={store.pk}"
    if "make_rules" in request.POST:
        done = make_rules(store, **by)
        messages.success(request, ngettext("%s rule is made.", "%s rules are made.", done) % done)
        return HttpResponseRedirect(here)
    try:
        orders = draft_orders(store, _chosen(request), **by)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(here)
    said = ngettext(
        "%s order is drafted. Look at it and send it.", "%s orders are drafted. Look and send.", len(orders)
    )
    messages.success(request, said % len(orders))
    return HttpResponseRedirect(f"{reverse('admin:inventory_purchaseorder_changelist')}?status__exact=draft")


def _chosen(request: HttpRequest) -> dict[UUID, Decimal]:
    """Packs by product, for the rows that are ticked; what is no number orders nothing."""
    ticked = [pk for text in request.POST.getlist("product") if (pk := as_uuid(text))]
    return {pk: _number(request.POST.get(f"packs-{pk}", "")) for pk in ticked}


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ZERO
    return number if number.is_finite() and number > 0 else ZERO


site.add_page(
    "inventory/what-to-order/",
    "inventory_what_to_order",
    what_to_order,
    title=TITLE,
    permission=Permission.PURCHASE,
    menu=Menu("stock", 42, "shopping_cart_checkout"),
)
