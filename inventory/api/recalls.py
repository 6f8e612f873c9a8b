"""`recalls`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Meta
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Product
from inventory.models import Recall, RecalledLot
from inventory.operations.recalls import end_recall, start_recall
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer, Body, Code, LongText, Text, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound


class RecallAnswer(Answer):
    id: UUID
    product: UUID
    sku: str
    lots: list[str]
    reason: str
    message: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None


class RecallBody(Body):
    """`lots` are lot numbers; `message` goes by e-mail to the customers who bought them."""

    product: UUID
    lots: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=200)]
    reason: Annotated[Text, Meta(min_length=1)]
    message: LongText = ""


class RecallViewSet(OrgViewSet):
    queryset = Recall.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT

    def shown(self, row: Any) -> RecallAnswer:
        return RecallAnswer(
            id=row.pk,
            product=row.product_id,
            sku=row.product.sku,
            lots=sorted(recalled.lot.code for recalled in row.lots.all()),
            reason=row.reason,
            message=row.message,
            started_at=row.started_at,
            started_by=row.started_by,
            ended_at=row.ended_at,
        )

    @property
    def rows(self) -> Any:
        lots = Prefetch("lots", RecalledLot.objects.select_related("lot"))
        return Recall.objects.select_related("product").prefetch_related(lots)

    @documented(summary="Recalls, newest first", answer=RecallAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(self.rows)

    @documented(summary="One recall", answer=RecallAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self.rows, pk))

    @documented(summary="Stop lots at every till at once", body=RecallBody, answer=RecallAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, RecallBody)
        product = Product.objects.filter(pk=body.product).first()
        if product is None:
            raise NotFound(_("There is no such product."), field="product")
        given = {"reason": body.reason, "message": body.message}
        recall = start_recall(product, body.lots, **given, actor=self.actor, at=timezone.now())
        return Response(self.shown(self.rows.get(pk=recall.pk)), status=status.HTTP_201_CREATED)

    @documented(summary="Let the lots be sold again", answer=RecallAnswer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        end_recall(self.row(self.rows, pk), actor=self.actor, at=timezone.now())
        return Response(self.shown(self.rows.get(pk=pk)))
