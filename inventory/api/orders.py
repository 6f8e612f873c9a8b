"""`purchase-orders`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.order_bodies import OrderAnswer, OrderBody, OrderLineAnswer, ReasonBody
from inventory.models import PurchaseOrder, PurchaseOrderLine
from inventory.operations.order_steps import cancel_order, close_order, send_order
from inventory.operations.purchase_orders import OrderedGoods, save_order
from inventory.pdf.orders import order_as_pdf
from inventory.queries.purchasing import find_supplier
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.http import pdf_response
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid, find_store, store_codes

FILTERS = {
    "store": "Code or id of the store.",
    "supplier": "Id of the supplier.",
    "status": "draft, sent, partial, received, closed or cancelled.",
}


class PurchaseOrderViewSet(OrgViewSet):
    queryset = PurchaseOrder.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.PURCHASE
    parameters = FILTERS

    def shown(self, row: Any) -> OrderAnswer:
        return shown_order(row, self.codes)

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Purchase orders, newest first", answer=OrderAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        orders = self._orders()
        asked = request.query_params
        if store := asked.get("store"):
            orders = orders.filter(store_id=find_store(store).pk)
        if supplier := asked.get("supplier"):
            orders = orders.filter(supplier=as_uuid(supplier)) if as_uuid(supplier) else orders.none()
        if state := asked.get("status"):
            orders = orders.filter(status=state)
        return self.page(orders)

    @documented(summary="One purchase order", answer=OrderAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._orders(), pk))

    @documented(summary="Draft a purchase order", body=OrderBody, answer=OrderAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, OrderBody)
        order = self._save(PurchaseOrder(), body)
        return Response(self._fresh(order), status=status.HTTP_201_CREATED)

    @documented(summary="Give a draft its new content", body=OrderBody, answer=OrderAnswer)
    def update(self, request: Request, pk: str) -> Response:
        order = self.row(self._orders(), pk)
        self.require_fresh(order)
        return Response(self._fresh(self._save(order, decode(request, OrderBody))))

    @documented(summary="Send the order to the supplier", answer=OrderAnswer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        order = self.row(self._orders(), pk)
        return Response(self._fresh(send_order(order, actor=self.actor, at=timezone.now())))

    @documented(summary="Close the order: the rest will not come", body=ReasonBody, answer=OrderAnswer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        reason = decode(request, ReasonBody).reason
        order = close_order(self.row(self._orders(), pk), reason=reason, actor=self.actor, at=timezone.now())
        return Response(self._fresh(order))

    @documented(summary="Cancel the order: nothing will come", body=ReasonBody, answer=OrderAnswer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        reason = decode(request, ReasonBody).reason
        order = cancel_order(self.row(self._orders(), pk), reason=reason, actor=self.actor, at=timezone.now())
        return Response(self._fresh(order))

    @documented(summary="The order on paper (application/pdf)")
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        order = self.row(self._orders(), pk)
        return pdf_response(order_as_pdf(order, find_store(str(order.store_id))), order.number)

    def _orders(self) -> Any:
        orders = PurchaseOrder.objects.select_related("supplier").prefetch_related("lines")
        return orders if self.actor.stores is None else orders.filter(store_id__in=self.actor.stores)

    def _save(self, order: PurchaseOrder, body: OrderBody) -> PurchaseOrder:
        order.supplier = find_supplier(body.supplier)
        order.expected_on, order.note = body.expected_on, body.note
        goods = [
            OrderedGoods(line.product, line.packs, line.pack, line.pack_price, line.supplier_code)
            for line in body.lines
        ]
        store: Store = find_store(body.store)
        return save_order(order, goods, store=store, actor=self.actor, at=timezone.now())

    def _fresh(self, order: PurchaseOrder) -> OrderAnswer:
        return self.shown(self._orders().get(pk=order.pk))


def shown_order(order: PurchaseOrder, codes: dict[Any, str]) -> OrderAnswer:
    return OrderAnswer(
        id=order.pk,
        number=order.number,
        status=order.status,
        store=codes[order.store_id],
        supplier=order.supplier_id,
        expected_on=order.expected_on,
        note=order.note,
        currency=order.currency,
        total=order.total,
        made_by=order.made_by,
        made_at=order.made_at,
        sent_at=order.sent_at,
        sent_to=order.sent_to,
        end_reason=order.end_reason,
        lines=[_line(line) for line in order.lines.all()],
    )


def _line(line: PurchaseOrderLine) -> OrderLineAnswer:
    return OrderLineAnswer(
        product=line.product_id,
        supplier_code=line.supplier_code,
        packs=line.packs,
        pack=line.pack,
        pack_price=line.pack_price,
        amount=line.amount,
        ordered=line.ordered,
        received=line.received,
        outstanding=line.outstanding,
    )
