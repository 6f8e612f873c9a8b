"""`reports/stock-value`, and what reports of the storeroom have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.models import StockMove
from inventory.reports.valuation import Holding, stock_value
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.csv import CsvRenderer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.rendering import StructRenderer
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.queries import as_uuid, find_store, store_codes

AT = {
    "at": "RFC 3339 time; now unless given.",
    "store": "Code or id of a store; all of them unless given.",
    "product": "Id of a product.",
    "format": "json or csv.",
}


class HoldingAnswer(Answer):
    store: str
    product: UUID
    sku: str
    name: str
    category: str
    quantity: Decimal
    value: Decimal


class StockValueAnswer(Answer):
    """What was in stock at a moment, at cost. `value` of each row and of all of them is in money."""

    at: datetime
    value: Decimal
    results: list[HoldingAnswer]


class StockReportViewSet(OrgViewSet):
    """What reports of the storeroom have in common."""

    queryset = StockMove.objects.all()
    read_permission = Permission.REPORTS_VIEW
    renderer_classes = [StructRenderer, CsvRenderer]

    def stores(self) -> Collection[UUID] | None:
        """The store that was asked for, else all that the actor covers. Raises NotFound, Forbidden."""
        if ref := self.request.query_params.get("store"):
            store = find_store(ref)
            if not self.actor.may(Permission.REPORTS_VIEW, store.pk):
                raise Forbidden(_("You do not work in this store."))
            return [store.pk]
        return self.actor.stores

    def store_rows(self) -> list[Store]:
        """The same as rows, in the order of their codes."""
        wanted = self.stores()
        stores = Store.objects.select_related("org").order_by("code")
        return list(stores if wanted is None else stores.filter(pk__in=wanted))

    def rounded(self, amount: Decimal) -> Decimal:
        return round_money(amount, self.org.places)


class StockValueViewSet(StockReportViewSet):
    parameters = AT

    @documented(summary="Stock on hand and its value at any moment", answer=StockValueAnswer, parameters=AT)
    def list(self, request: Request) -> Response:
        at = _moment(request.query_params.get("at", ""))
        product = request.query_params.get("product", "")
        holdings: Sequence[Holding] = ()
        if not product or as_uuid(product):
            holdings = stock_value(at, stores=self.stores(), product=as_uuid(product) if product else None)
        codes = store_codes()
        rows = [self._row(holding, codes) for holding in holdings]
        value = self.rounded(sum((holding.value for holding in holdings), ZERO))
        return Response({"at": at, "value": value, "results": rows})

    def _row(self, holding: Holding, codes: dict[UUID, str]) -> HoldingAnswer:
        return HoldingAnswer(
            store=codes[holding.store_id],
            product=holding.product,
            sku=holding.sku,
            name=holding.name,
            category=holding.category,
            quantity=holding.quantity,
            value=self.rounded(holding.value),
        )


def _moment(text: str) -> Any:
    if not text:
        return timezone.now()
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        sentence = _("Give a time such as 2026-11-23T09:00:00Z.")
        raise Invalid(f"at: {sentence}", {"at": [sentence]})
    return at
