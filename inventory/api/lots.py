"""`lots`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Product
from inventory.api.days import day_of
from inventory.models import Lot
from inventory.operations.lots import save_lot
from inventory.queries.levels import on_hand_of_lots
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer, Body, Code, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.queries import as_uuid

FILTERS = {
    "product": "Id of the product.",
    "code": "The exact lot number.",
    "expires_until": "A date: lots that expire on it or before.",
}


class LotAnswer(Answer):
    """`on_hand` is what is left of it in the stores of this key; `recalled_at` stops it at every till."""

    id: UUID
    product: UUID
    sku: str
    code: str
    manufactured_on: date | None
    expires_on: date | None
    mrp: Decimal | None
    recalled_at: datetime | None
    on_hand: Decimal


class LotBody(Body):
    """`expires_on` is the last day of sale."""

    product: UUID
    code: Code
    manufactured_on: date | None = None
    expires_on: date | None = None
    mrp: Decimal | None = None


class LotViewSet(OrgViewSet):
    queryset = Lot.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    parameters = FILTERS

    def shown(self, row: Any) -> LotAnswer:
        return LotAnswer(
            id=row.pk,
            product=row.product_id,
            sku=row.product.sku,
            code=row.code,
            manufactured_on=row.manufactured_on,
            expires_on=row.expires_on,
            mrp=row.mrp,
            recalled_at=row.recalled_at,
            on_hand=self.on_hand.get(row.pk, Decimal("0.000")),
        )

    @property
    def rows(self) -> Any:
        return Lot.objects.select_related("product")

    @documented(summary="Lots, newest first", answer=LotAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(_narrowed(self.rows, request.query_params))
        return self.get_paginated_response(self._with_stock(page or []))

    @documented(summary="One lot", answer=LotAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        lot = self.row(self.rows, pk)
        self._read_stock([lot])
        return self.one(lot)

    @documented(summary="Make a lot", body=LotBody, answer=LotAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, LotBody)
        product = Product.objects.sellable().filter(pk=body.product).first()
        if product is None:
            raise NotFound(_("There is no such product."), field="product")
        values = {"manufactured_on": body.manufactured_on, "expires_on": body.expires_on, "mrp": body.mrp}
        lot = save_lot(Lot(product=product, code=body.code, **values), actor=self.actor, at=timezone.now())
        return Response(self._with_stock([lot])[0], status=status.HTTP_201_CREATED)

    def _read_stock(self, lots: Any) -> None:
        self.on_hand = on_hand_of_lots([lot.pk for lot in lots], stores=self.actor.stores)

    def _with_stock(self, lots: Any) -> Sequence[LotAnswer]:
        self._read_stock(lots)
        return [self.shown(lot) for lot in lots]


def _narrowed(lots: Any, asked: Any) -> Any:
    if product := asked.get("product"):
        pk = as_uuid(product)
        lots = lots.filter(product=pk) if pk else lots.none()
    if code := asked.get("code"):
        lots = lots.filter(code=code)
    if until := asked.get("expires_until"):
        lots = lots.filter(expires_on__lte=day_of("expires_until", until))
    return lots
