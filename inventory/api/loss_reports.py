"""`reports/waste`, `reports/shrinkage` and `reports/near-expiry`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.days import day_of
from inventory.api.reports import StockReportViewSet
from inventory.reports.expiry import ExpiringLot, expiring_lots
from inventory.reports.losses import SHRINKAGE, WASTE, Kind, Loss, losses
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.documentation import documented
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO

PERIOD = {
    "from": "First day; thirty days ago unless given.",
    "to": "Last day; today unless given.",
    "store": "Code or id of a store; all of them unless given.",
    "format": "json or csv.",
}
NEAR = {"days": "How near, in days: 30 unless given.", "store": PERIOD["store"], "format": PERIOD["format"]}


class LossAnswer(Answer):
    store: str
    product: UUID
    sku: str
    name: str
    kind: str
    reason: str
    quantity: Decimal
    value: Decimal


class LossesAnswer(Answer):
    """Below zero is gone, above was found; `value` is at cost, in money."""

    value: Decimal
    results: list[LossAnswer]


class NearExpiryAnswer(Answer):
    """`percent` is the markdown that is suggested, 0 where it sells out by itself or is over already."""

    store: str
    product: UUID
    sku: str
    name: str
    lot: str
    expires_on: date
    days_left: int
    on_hand: Decimal
    value: Decimal
    sold_a_day: Decimal
    left_over: Decimal
    percent: int


class LossViewSet(StockReportViewSet):
    parameters = PERIOD
    kinds: ClassVar[Collection[Kind]] = ()

    def answer(self) -> Response:
        stores = self.store_rows()
        today = max((store.document_date(timezone.now()) for store in stores), default=timezone.localdate())
        last = self.day("to", today)
        found = losses(self.day("from", last - timedelta(days=29)), last, stores=stores, kinds=self.kinds)
        codes = {store.pk: store.code for store in stores}
        value = self.rounded(sum((loss.value for loss in found), ZERO))
        return Response({"value": value, "results": [self._row(loss, codes) for loss in found]})

    def day(self, name: str, otherwise: date) -> date:
        text = self.request.query_params.get(name, "")
        return day_of(name, text) if text else otherwise

    def _row(self, loss: Loss, codes: dict[UUID, str]) -> LossAnswer:
        return LossAnswer(
            store=codes[loss.store_id],
            product=loss.product,
            sku=loss.sku,
            name=loss.name,
            kind=loss.kind,
            reason=loss.reason,
            quantity=loss.quantity,
            value=self.rounded(loss.value),
        )


class WasteViewSet(LossViewSet):
    kinds = WASTE

    @documented(summary="Goods thrown away or used up, at cost", answer=LossesAnswer, parameters=PERIOD)
    def list(self, request: Request) -> Response:
        return self.answer()


class ShrinkageViewSet(LossViewSet):
    kinds = SHRINKAGE

    @documented(summary="Goods found missing or found, at cost", answer=LossesAnswer, parameters=PERIOD)
    def list(self, request: Request) -> Response:
        return self.answer()


class NearExpiryViewSet(StockReportViewSet):
    read_permission = Permission.STOCK_VIEW
    parameters = NEAR

    @documented(summary="Lots that expire soon, with a markdown", answer=NearExpiryAnswer, many=True, parameters=NEAR)
    def list(self, request: Request) -> Response:
        days = request.query_params.get("days", "30")
        if not (days.isascii() and days.isdigit() and int(days) <= 3650):
            sentence = _("Between 0 and %s.") % 3650
            raise Invalid(f"days: {sentence}", {"days": [sentence]})
        found = expiring_lots(timezone.now(), stores=self.store_rows(), within=int(days))
        return Response({"results": [self._row(lot) for lot in found], "next": None})

    def _row(self, lot: ExpiringLot) -> NearExpiryAnswer:
        return NearExpiryAnswer(
            store=lot.store.code,
            product=lot.product,
            sku=lot.sku,
            name=lot.name,
            lot=lot.code,
            expires_on=lot.expires_on,
            days_left=lot.markdown.days_left,
            on_hand=lot.on_hand,
            value=self.rounded(lot.value),
            sold_a_day=lot.sold_a_day,
            left_over=lot.markdown.left_over,
            percent=lot.markdown.percent,
        )
