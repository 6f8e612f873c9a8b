"""The price of one product over time, drawn and in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.models import Price, Product
from catalog.price_chart import step_chart
from pantrypal.core.access import Permission
from pantrypal.core.admin import PageColumn, site
from pantrypal.core.admin.scope import stores_of, zone_of
from pantrypal.core.http import OrgRequest
from pantrypal.core.queries import as_uuid

MOST_ROWS = 200


def history_page(request: OrgRequest) -> HttpResponse:
    pk = as_uuid(request.GET.get("product", ""))
    product = Product.objects.filter(pk=pk).first() if pk else None
    if product is None:
        raise Http404
    newest = Price.objects.filter(product=product).select_related("price_list").order_by("-valid_from", "-id")
    rows = list(newest[:MOST_ROWS])
    stores, now = stores_of(request), timezone.now()
    own = [row for row in reversed(rows) if row.store_id is None and row.price_list_id is None]
    return site.page(
        request,
        "catalog/admin/price_history.html",
        str(_("Prices: %s") % product),
        product=product,
        chart=step_chart([(row.valid_from, row.price, row.actor) for row in own if row.price is not None], now),
        rows=[(row, stores.get(row.store_id) if row.store_id else None, row.valid_from > now) for row in rows],
        zone=zone_of(product, request),
        currency=request.org.currency,
    )


def _links(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, SafeString]:
    url = reverse("admin:price_history")
    return {
        row.pk: format_html('<a class="pp-link" href="{}?product={}">{}</a>', url, row.pk, _("history")) for row in rows
    }


site.add_column(Product, PageColumn("price_history", _("prices"), _links))
site.add_page(
    "catalog/price-history/", "price_history", history_page, title=_("Prices"), permission=Permission.CATALOG_VIEW
)
