"""Tax classes with their dated rates."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register

from catalog.models import TaxClass, TaxRate
from catalog.operations.tax_classes import RateInput, save_tax_class
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, site
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.http import OrgRequest


class TaxRateInline(OrgInline):
    model = TaxRate
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.ORG_EDIT
    fields = ("valid_from", "rate", "cess")


@register(TaxClass, site=site)
class TaxClassAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.ORG_EDIT
    menu = Menu("catalog", 40, "percent")
    list_display = ("name", "code")
    fields = ("name", "code")
    inlines = (TaxRateInline,)

    def operate(self, request: OrgRequest, row: TaxClass, form: Any, formsets: list[Any]) -> TaxClass:
        rates = [RateInput(given["valid_from"], given["rate"], given["cess"]) for given in rows_of(formsets[0])]
        return save_tax_class(row, rates=rates, **self.by(request))
