"""`suppliers` and `suppliers/{id}/prices`."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils import timezone
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.supplier_bodies import (
    SupplierAnswer,
    SupplierBody,
    SupplierChanges,
    SupplierPriceAnswer,
    SupplierPriceBody,
)
from inventory.models import Supplier, SupplierPrice
from inventory.operations.suppliers import archive_suppliers, restore_suppliers, save_supplier, save_supplier_price
from inventory.queries.purchasing import find_product
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet

FILTERS = {"q": "A part of the name."}


class SupplierViewSet(OrgViewSet):
    queryset = Supplier.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.PURCHASE
    keyset = ("name", "id")
    parameters = FILTERS
    paged = ("list", "prices")

    def shown(self, row: Any) -> msgspec.Struct:
        return shown_price(row) if isinstance(row, SupplierPrice) else shown_supplier(row)

    @documented(summary="List suppliers", answer=SupplierAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        suppliers = Supplier.objects.active()
        if text := request.query_params.get("q"):
            suppliers = suppliers.filter(name__icontains=text)
        return self.page(suppliers)

    @documented(summary="One supplier", answer=SupplierAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Supplier.objects.all(), pk))

    @documented(summary="Add a supplier", body=SupplierBody, answer=SupplierAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        supplier = Supplier(**msgspec.structs.asdict(decode(request, SupplierBody)))
        save_supplier(supplier, org=self.org, actor=self.actor, at=timezone.now())
        return Response(self.shown(supplier), status=status.HTTP_201_CREATED)

    @documented(summary="Change, archive or restore a supplier", body=SupplierChanges, answer=SupplierAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        supplier = self.row(Supplier.objects.select_for_update(), pk)
        self.require_fresh(supplier)
        changes = self.changes(decode(request, SupplierChanges))
        active = changes.pop("active", None)
        for name, value in changes.items():
            setattr(supplier, name, value)
        by: dict[str, Any] = {"actor": self.actor, "at": timezone.now()}
        save_supplier(supplier, org=self.org, **by)
        if active is not None:
            (restore_suppliers if active else archive_suppliers)([supplier.pk], **by)
            supplier.refresh_from_db()
        return self.one(supplier)

    @documented(summary="Prices of a supplier, newest first", answer=SupplierPriceAnswer, many=True)
    @action(detail=True, keyset=("-valid_from", "-id"))
    def prices(self, request: Request, pk: str) -> Response:
        supplier = self.row(Supplier.objects.all(), pk)
        return self.page(SupplierPrice.objects.filter(supplier=supplier))

    @documented(
        summary="Note what a supplier asks", body=SupplierPriceBody, answer=SupplierPriceAnswer, statuses=(201,)
    )
    @prices.mapping.post
    def add_price(self, request: Request, pk: str) -> Response:
        body = decode(request, SupplierPriceBody)
        price = SupplierPrice(
            supplier=self.row(Supplier.objects.all(), pk),
            product=find_product(body.product),
            supplier_code=body.supplier_code,
            pack=body.pack,
            price=body.price,
            valid_from=body.valid_from,
        )
        save_supplier_price(price, org=self.org, actor=self.actor, at=timezone.now())
        price.refresh_from_db()
        return Response(shown_price(price), status=status.HTTP_201_CREATED)


def shown_supplier(row: Supplier) -> SupplierAnswer:
    return SupplierAnswer(
        id=row.pk,
        name=row.name,
        contact=row.contact,
        phone=row.phone,
        email=row.email,
        address=row.address,
        gstin=row.gstin,
        state_code=row.state_code,
        lead_days=row.lead_days,
        payment_days=row.payment_days,
        active=row.archived_at is None,
        updated_at=row.updated_at,
    )


def shown_price(row: SupplierPrice) -> SupplierPriceAnswer:
    return SupplierPriceAnswer(
        id=row.pk,
        supplier=row.supplier_id,
        product=row.product_id,
        supplier_code=row.supplier_code,
        pack=row.pack,
        price=row.price,
        valid_from=row.valid_from,
    )
