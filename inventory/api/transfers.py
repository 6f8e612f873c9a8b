"""`transfers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.transfer_bodies import (
    GoodsAnswer,
    ReceiveBody,
    SendTransferBody,
    TransferAnswer,
    TransferBody,
    TransferLineAnswer,
)
from inventory.models import Transfer, TransferLine, TransferredGoods
from inventory.operations.transfers import (
    Arrived,
    Wanted,
    cancel_transfer,
    receive_transfer,
    request_transfer,
    send_transfer,
)
from inventory.queries.transfers import transfers_of
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.queries import find_store, store_codes

FILTERS = {"status": "requested, sent, received or cancelled.", "store": "Code or id of either store."}


class TransferViewSet(OrgViewSet):
    queryset = Transfer.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    parameters = FILTERS

    @property
    def rows(self) -> Any:
        goods = Prefetch("goods", TransferredGoods.objects.select_related("lot").order_by("id"))
        self.codes = store_codes()
        return transfers_of(self.actor.stores).prefetch_related(Prefetch("lines", TransferLine.objects.all()), goods)

    def shown(self, row: Any) -> TransferAnswer:
        return TransferAnswer(
            id=row.pk,
            number=row.number,
            source=self.codes[row.store_id],
            target=self.codes[row.to_store_id],
            status=row.status,
            note=row.note,
            requested_at=row.requested_at,
            sent_at=row.sent_at,
            received_at=row.received_at,
            lines=[TransferLineAnswer(id=x.pk, product=x.product_id, quantity=x.quantity) for x in row.lines.all()],
            goods=[_goods(some) for some in row.goods.all()],
        )

    @documented(summary="Transfers, newest first", answer=TransferAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        rows = self.rows
        if state := request.query_params.get("status"):
            rows = rows.filter(status=state)
        if store := request.query_params.get("store"):
            rows = rows & transfers_of([find_store(store).pk])
        return self.page(rows)

    @documented(summary="One transfer", answer=TransferAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self.rows, pk))

    @documented(summary="Ask another store for goods", body=TransferBody, answer=TransferAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, TransferBody)
        made = request_transfer(
            [Wanted(line.product, line.quantity) for line in body.lines],
            source=find_store(body.source),
            target=find_store(body.target),
            note=body.note,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self._again(made.pk), status=status.HTTP_201_CREATED)

    @documented(summary="Send the goods", body=SendTransferBody, answer=TransferAnswer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        transfer, body = self.row(self.rows, pk), decode(request, SendTransferBody)
        quantities = {line.id: line.quantity for line in body.lines} if body.lines else None
        _require_known({line.pk for line in transfer.lines.all()}, quantities or {}, "lines")
        source = Store.objects.select_related("org").get(pk=transfer.store_id)
        send_transfer(transfer, source=source, quantities=quantities, actor=self.actor, at=timezone.now())
        return Response(self._again(transfer.pk))

    @documented(summary="Receive the goods", body=ReceiveBody, answer=TransferAnswer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        transfer, body = self.row(self.rows, pk), decode(request, ReceiveBody)
        arrived = {some.id: Arrived(some.received, some.reason) for some in body.goods} if body.goods else None
        if arrived is not None:
            known = {some.pk for some in transfer.goods.all()}
            _require_known(known, arrived, "goods")
            _require_all(known, arrived)
        target = Store.objects.select_related("org").get(pk=transfer.to_store_id)
        receive_transfer(transfer, target=target, arrived=arrived, actor=self.actor, at=timezone.now())
        return Response(self._again(transfer.pk))

    @documented(summary="Call a transfer off before it is sent", answer=TransferAnswer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        transfer = self.row(self.rows, pk)
        cancel_transfer(transfer, actor=self.actor, at=timezone.now())
        return Response(self._again(transfer.pk))

    def _again(self, pk: UUID) -> TransferAnswer:
        return self.shown(self.rows.get(pk=pk))


def _goods(some: TransferredGoods) -> GoodsAnswer:
    return GoodsAnswer(
        id=some.pk,
        product=some.product_id,
        lot=some.lot.code if some.lot else None,
        quantity=some.quantity,
        unit_cost=some.unit_cost,
        received=some.received,
        reason=some.reason,
    )


def _require_known(known: set[UUID], given: Mapping[UUID, Any], field: str) -> None:
    if given.keys() - known:
        sentence = _("This belongs to another transfer.")
        raise Invalid(sentence, {field: [sentence]})


def _require_all(known: set[UUID], given: Mapping[UUID, Any]) -> None:
    if known - given.keys():
        sentence = _("Please say of all the goods how many came, or of none.")
        raise Invalid(sentence, {"goods": [sentence]})
