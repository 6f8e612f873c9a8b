"""`stock` and `stock-moves`."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.bodies import StockAnswer, StockMoveAnswer
from inventory.models import StockLevel, StockMove
from pantrypal.core.access import Permission
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.queries import as_uuid, find_store, store_codes

STORE_AND_PRODUCT = {"store": "Code or id of the store.", "product": "Id of the product."}


class StockRows(OrgViewSet):
    """What levels and moves have in common: filters by store and product, codes for stores."""

    read_permission = Permission.STOCK_VIEW
    parameters = STORE_AND_PRODUCT

    def narrowed(self, rows: Any) -> Any:
        rows = rows.select_related("lot")
        if self.actor.stores is not None:
            rows = rows.filter(store_id__in=self.actor.stores)
        if store := self.request.query_params.get("store"):
            rows = rows.filter(store_id=find_store(store).pk)
        if product := self.request.query_params.get("product"):
            pk = as_uuid(product)
            rows = rows.filter(product=pk) if pk else rows.none()
        self.codes = store_codes()
        return rows


class StockViewSet(StockRows):
    queryset = StockLevel.objects.all()
    keyset = ("id",)

    def shown(self, row: Any) -> StockAnswer:
        return shown_level(row, self.codes)

    @documented(summary="Stock levels", answer=StockAnswer, many=True, parameters=STORE_AND_PRODUCT)
    def list(self, request: Request) -> Response:
        return self.page(self.narrowed(StockLevel.objects.select_related("product")))


class StockMoveViewSet(StockRows):
    queryset = StockMove.objects.all()

    def shown(self, row: Any) -> StockMoveAnswer:
        return StockMoveAnswer(
            id=row.pk,
            store=self.codes[row.store_id],
            product=row.product_id,
            lot=row.lot.code if row.lot else None,
            quantity=row.quantity,
            unit_cost=row.unit_cost,
            kind=row.kind,
            document_type=row.document_type,
            document=row.document_id,
            reason=row.reason,
            actor=row.actor,
            at=row.at,
        )

    @documented(summary="Stock moves, newest first", answer=StockMoveAnswer, many=True, parameters=STORE_AND_PRODUCT)
    def list(self, request: Request) -> Response:
        return self.page(self.narrowed(StockMove.objects.all()))


def shown_level(row: StockLevel, codes: dict[Any, str]) -> StockAnswer:
    return StockAnswer(
        store=codes[row.store_id],
        product=row.product_id,
        sku=row.product.sku,
        lot=row.lot.code if row.lot else None,
        expires_on=row.lot.expires_on if row.lot else None,
        on_hand=row.on_hand,
        average_cost=row.average_cost,
    )
