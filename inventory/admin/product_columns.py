"""The stock of each product, on the catalog's own list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.queries.levels import on_hand_of_products
from pantrypal.core.access import Permission
from pantrypal.core.admin import PageColumn, site
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import quantity


def _on_hand(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    """In all stores that the reader covers; nothing for goods whose stock is not counted."""
    if not request.actor.may(Permission.STOCK_VIEW):
        return {}
    counted = [row.pk for row in rows if row.tracks_stock]
    found = on_hand_of_products(counted, stores=request.actor.stores)
    return {pk: quantity(found[pk]) if pk in found else "0" for pk in counted}


site.add_column(Product, PageColumn("on_hand", _("in stock"), _on_hand, is_figure=True))
