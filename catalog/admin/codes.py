"""All codes of the shop; opened, its PLU numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesRadioFilter

from catalog.models import Barcode
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, PageColumn, site
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import money


class KindFilter(ChoicesRadioFilter):  # type: ignore[misc]
    """PLU numbers unless another kind is chosen."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.used_parameters:
            return queryset.filter(kind=Barcode.Kind.PLU)
        chosen: QuerySet[Any] = super().queryset(request, queryset)
        return chosen


def _prices(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    """What the code costs: a pack its own price, else one of the product."""
    found = {row.pk: row.product.known_price if row.price is None else row.price for row in rows}
    return {
        pk: _("no price yet") if price is None else money(price, request.org.currency) for pk, price in found.items()
    }


@register(Barcode, site=site)
class CodeAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    menu = Menu("catalog", 18, "pin")
    empty_hint = _("Give a product a PLU on its page: the number that is keyed in, or printed by the scale.")
    page_columns = (PageColumn("price_of_one", _("price"), _prices, is_figure=True),)
    list_display = ("shown_code", "product", page_columns[0], "unit", "kind")
    list_select_related = ("product",)
    list_filter = (("kind", KindFilter),)
    search_fields = ("code", "product__name")
    ordering = ("code",)
    can_add = False

    @display(description=_("code"), ordering="code")
    def shown_code(self, row: Barcode) -> str:
        return row.shown

    @display(description=_("unit"))
    def unit(self, row: Barcode) -> str:
        return row.product.get_unit_display()
