"""All codes of the shop; opened, its PLU numbers."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesRadioFilter

from catalog.models import Barcode
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site


class KindFilter(ChoicesRadioFilter):  # type: ignore[misc]
    """PLU numbers unless another kind is chosen."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.used_parameters:
            return queryset.filter(kind=Barcode.Kind.PLU)
        chosen: QuerySet[Any] = super().queryset(request, queryset)
        return chosen


@register(Barcode, site=site)
class CodeAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    menu = Menu("catalog", 18, "pin")
    empty_hint = _("Give a product a PLU on its page: the number that is keyed in, or printed by the scale.")
    list_display = ("shown_code", "product", "price_of_one", "unit", "kind")
    list_select_related = ("product",)
    list_filter = (("kind", KindFilter),)
    search_fields = ("code", "product__name")
    ordering = ("code",)
    can_add = False

    @display(description=_("code"), ordering="code")
    def shown_code(self, row: Barcode) -> str:
        return row.shown

    @display(description=_("price"))
    def price_of_one(self, row: Barcode) -> Any:
        return row.product.known_price if row.price is None else row.price

    @display(description=_("unit"))
    def unit(self, row: Barcode) -> str:
        return row.product.get_unit_display()
