"""How the labels of the shop's scales are read."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _

from catalog.models import ScaleLabel
from catalog.operations.scale_labels import save_scale_label
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.http import OrgRequest


@register(ScaleLabel, site=site)
class ScaleLabelAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    menu = Menu("catalog", 60, "scale")
    empty_hint = _("Say how your scale prints its labels, and the till reads weight or price from them.")
    list_display = ("prefix", "carries", "item_digits", "inner_check", "value_digits", "decimals")
    fields = (("prefix", "carries"), ("item_digits", "inner_check"), ("value_digits", "decimals"))

    def operate(self, request: OrgRequest, row: ScaleLabel, form: Any, formsets: list[Any]) -> ScaleLabel:
        return save_scale_label(row, **self.by(request))
