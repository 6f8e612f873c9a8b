"""`supplier-returns`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.receipt_bodies import (
    ReturnLineAnswer,
    SupplierReturnAnswer,
    SupplierReturnBody,
    SupplierReturnLineBody,
)
from inventory.models import Lot, SupplierReturn, SupplierReturnLine
from inventory.operations.supplier_returns import ReturnedGoods, return_to_supplier
from inventory.pdf.debit_notes import debit_note_as_pdf
from inventory.queries.purchasing import find_receipt, find_supplier
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.http import pdf_response
from pantrypal.core.queries import as_uuid, find_store, store_codes

FILTERS = {"store": "Code or id of the store.", "supplier": "Id of the supplier.", "receipt": "Id of the receipt."}


class SupplierReturnViewSet(OrgViewSet):
    queryset = SupplierReturn.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_EDIT
    keyset = ("-returned_at", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> SupplierReturnAnswer:
        return SupplierReturnAnswer(
            id=row.pk,
            number=row.number,
            store=self.codes[row.store_id],
            supplier=row.supplier_id,
            receipt=row.receipt_id,
            reason=row.reason,
            returned_at=row.returned_at,
            currency=row.currency,
            total=row.total,
            sent_to=row.sent_to,
            lines=[_line(line) for line in row.lines.all()],
        )

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Supplier returns, newest first", answer=SupplierReturnAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        returns = self._returns()
        if store := request.query_params.get("store"):
            returns = returns.filter(store_id=find_store(store).pk)
        for name in ("supplier", "receipt"):
            if asked := request.query_params.get(name):
                returns = returns.filter(**{name: as_uuid(asked)}) if as_uuid(asked) else returns.none()
        return self.page(returns)

    @documented(summary="One supplier return", answer=SupplierReturnAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._returns(), pk))

    @documented(
        summary="Send goods back to their supplier",
        body=SupplierReturnBody,
        answer=SupplierReturnAnswer,
        statuses=(201,),
    )
    def create(self, request: Request) -> Response:
        body = decode(request, SupplierReturnBody)
        note = return_to_supplier(
            [_goods(line) for line in body.lines],
            supplier=find_supplier(body.supplier),
            store=find_store(body.store),
            reason=body.reason,
            receipt=find_receipt(body.receipt) if body.receipt else None,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self.shown(self._returns().get(pk=note.pk)), status=status.HTTP_201_CREATED)

    @documented(summary="The debit note on paper (application/pdf)")
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        note = self.row(self._returns(), pk)
        return pdf_response(debit_note_as_pdf(note, find_store(str(note.store_id))), note.number)

    def _returns(self) -> Any:
        returns = SupplierReturn.objects.select_related("supplier", "receipt").prefetch_related("lines__lot")
        return returns if self.actor.stores is None else returns.filter(store_id__in=self.actor.stores)


def _goods(line: SupplierReturnLineBody) -> ReturnedGoods:
    lot = None
    if line.lot is not None:
        lot = Lot.objects.filter(product=line.product, code=line.lot).values_list("pk", flat=True).first()
        if lot is None:
            raise NotFound(_("There is no lot “%s” of this product.") % line.lot, field="lot")
    return ReturnedGoods(line.product, line.quantity, lot, line.unit_cost)


def _line(line: SupplierReturnLine) -> ReturnLineAnswer:
    return ReturnLineAnswer(
        product=line.product_id,
        lot=line.lot.code if line.lot else None,
        quantity=line.quantity,
        unit_cost=line.unit_cost,
        amount=line.amount,
    )
