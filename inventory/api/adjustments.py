"""`stock-adjustments`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.bodies import (
    AdjustedLineAnswer,
    AdjustmentAnswer,
    AdjustmentBody,
    AdjustmentLineBody,
    PostedAdjustment,
)
from inventory.api.views import shown_level
from inventory.models import Lot, StockAdjustment, StockAdjustmentLine, StockLevel
from inventory.operations.adjustments import Adjustment, adjust_stock
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.queries import find_store, store_codes

FILTERS = {"store": "Code or id of the store."}


class StockAdjustmentViewSet(OrgViewSet):
    queryset = StockAdjustment.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    parameters = FILTERS

    def shown(self, row: Any) -> PostedAdjustment:
        return PostedAdjustment(
            id=row.pk,
            store=self.codes[row.store_id],
            note=row.note,
            actor=row.actor,
            at=row.at,
            lines=[_line(line) for line in row.lines.all()],
        )

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(
        summary="Corrections and write-offs, newest first", answer=PostedAdjustment, many=True, parameters=FILTERS
    )
    def list(self, request: Request) -> Response:
        rows = self._adjustments()
        if store := request.query_params.get("store"):
            rows = rows.filter(store_id=find_store(store).pk)
        return self.page(rows)

    @documented(summary="One correction or write-off", answer=PostedAdjustment)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._adjustments(), pk))

    @documented(summary="Correct the stock", body=AdjustmentBody, answer=AdjustmentAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, AdjustmentBody)
        store = find_store(body.store)
        adjustments = [_adjustment(line) for line in body.lines]
        document = adjust_stock(adjustments, store=store, actor=self.actor, at=timezone.now(), note=body.note)
        products = {line.product for line in body.lines}
        levels = StockLevel.objects.select_related("product", "lot").filter(store_id=store.pk, product__in=products)
        stock = [shown_level(level, {store.pk: store.code}) for level in levels.order_by("pk")]
        return Response(AdjustmentAnswer(id=document.pk, store=store.code, stock=stock), status=status.HTTP_201_CREATED)

    def _adjustments(self) -> Any:
        lines = Prefetch("lines", StockAdjustmentLine.objects.select_related("lot"))
        rows = StockAdjustment.objects.prefetch_related(lines)
        return rows if self.actor.stores is None else rows.filter(store_id__in=self.actor.stores)


def _adjustment(line: AdjustmentLineBody) -> Adjustment:
    lot = None
    if line.lot is not None:
        lot = Lot.objects.filter(product=line.product, code=line.lot).values_list("pk", flat=True).first()
        if lot is None:
            raise NotFound(_("There is no lot “%s” of this product.") % line.lot, field="lot")
    return Adjustment(line.product, line.quantity, line.reason, lot, line.unit_cost, line.kind)


def _line(line: StockAdjustmentLine) -> AdjustedLineAnswer:
    return AdjustedLineAnswer(
        product=line.product_id,
        lot=line.lot.code if line.lot else None,
        quantity=line.quantity,
        kind=line.kind,
        reason=line.reason,
    )
