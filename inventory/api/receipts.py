"""`goods-receipts`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.receipt_bodies import DeliveredLineBody, ReceiptAnswer, ReceiptBody, ReceiptLineAnswer
from inventory.delivery import Charge, DeliveredGoods, Delivery, PrintedLot
from inventory.models import GoodsReceipt, GoodsReceiptLine
from inventory.operations.goods_receipts import receive_goods
from inventory.queries.purchasing import find_order, find_supplier
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import as_uuid, find_store, store_codes
from pantrypal.tenancy.ids import uuid7

FILTERS = {"store": "Code or id of the store.", "supplier": "Id of the supplier.", "order": "Id of the order."}


class GoodsReceiptViewSet(OrgViewSet):
    queryset = GoodsReceipt.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    keyset = ("-received_at", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> ReceiptAnswer:
        return shown_receipt(row, self.codes)

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Goods receipts, newest first", answer=ReceiptAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        receipts = self._receipts()
        if store := request.query_params.get("store"):
            receipts = receipts.filter(store_id=find_store(store).pk)
        for name in ("supplier", "order"):
            if asked := request.query_params.get(name):
                receipts = receipts.filter(**{name: as_uuid(asked)}) if as_uuid(asked) else receipts.none()
        return self.page(receipts)

    @documented(summary="One goods receipt", answer=ReceiptAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._receipts(), pk))

    @documented(summary="Receive goods", body=ReceiptBody, answer=ReceiptAnswer, statuses=(200, 201))
    def create(self, request: Request) -> Response:
        body = decode(request, ReceiptBody)
        is_repeat = body.id is not None and GoodsReceipt.objects.filter(pk=body.id).exists()
        receipt = receive_goods(_delivery(body), actor=self.actor, at=timezone.now())
        answer = self.shown(self._receipts().get(pk=receipt.pk))
        return Response(answer, status=status.HTTP_200_OK if is_repeat else status.HTTP_201_CREATED)

    def _receipts(self) -> Any:
        receipts = GoodsReceipt.objects.prefetch_related("lines__lot")
        return receipts if self.actor.stores is None else receipts.filter(store_id__in=self.actor.stores)


def _delivery(body: ReceiptBody) -> Delivery:
    order = find_order(body.order) if body.order else None
    if order is None and body.supplier is None:
        sentence = _("Please name the order or the supplier.")
        raise Invalid(sentence, {"supplier": [sentence]})
    return Delivery(
        id=body.id or uuid7(),
        store=find_store(body.store),
        supplier=find_supplier(body.supplier) if body.supplier else order.supplier,  # type: ignore[union-attr]
        order=order,
        lines=[_goods(line) for line in body.lines],
        delivery_note=body.delivery_note,
        charges=[Charge(charge.name, charge.amount) for charge in body.charges],
        accepts_costs=body.accept_costs,
    )


def _goods(line: DeliveredLineBody) -> DeliveredGoods:
    lot = PrintedLot(**msgspec.structs.asdict(line.lot)) if line.lot else None
    return DeliveredGoods(line.product, line.quantity, line.unit_cost, lot)


def shown_receipt(receipt: GoodsReceipt, codes: dict[UUID, str]) -> ReceiptAnswer:
    return ReceiptAnswer(
        id=receipt.pk,
        number=receipt.number,
        store=codes[receipt.store_id],
        supplier=receipt.supplier_id,
        order=receipt.order_id,
        delivery_note=receipt.delivery_note,
        received_at=receipt.received_at,
        received_on=receipt.received_on,
        received_by=receipt.received_by,
        currency=receipt.currency,
        goods_value=receipt.goods_value,
        charges_total=receipt.charges_total,
        total=receipt.total,
        lines=[_line(line) for line in receipt.lines.all()],
    )


def _line(line: GoodsReceiptLine) -> ReceiptLineAnswer:
    return ReceiptLineAnswer(
        product=line.product_id,
        lot=line.lot.code if line.lot else None,
        expires_on=line.lot.expires_on if line.lot else None,
        quantity=line.quantity,
        awaited=line.awaited,
        over=line.over,
        unit_cost=line.unit_cost,
        last_cost=line.last_cost,
        amount=line.amount,
        charge=line.charge,
        landed_cost=line.landed_cost,
    )
