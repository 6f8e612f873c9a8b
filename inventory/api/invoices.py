"""`purchase-invoices`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.days import day_of
from inventory.api.invoice_bodies import InvoiceAnswer, InvoiceBody, InvoiceChanges
from inventory.models import PurchaseInvoice
from inventory.operations.purchase_invoices import save_invoice
from inventory.queries.purchasing import find_receipt, find_supplier
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid, find_store, store_codes

FILTERS = {
    "store": "Code or id of the store.",
    "supplier": "Id of the supplier.",
    "from": "First invoice date.",
    "to": "Last invoice date.",
}
APART = {"store", "supplier", "receipt", "creditable"}


class PurchaseInvoiceViewSet(OrgViewSet):
    queryset = PurchaseInvoice.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.PURCHASE
    keyset = ("-invoice_date", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> InvoiceAnswer:
        kept = {name: getattr(row, name) for name in InvoiceAnswer.__struct_fields__ if name not in APART}
        refs = {"supplier": row.supplier_id, "receipt": row.receipt_id}
        return InvoiceAnswer(**kept, **refs, store=self.codes[row.store_id], creditable=row.is_creditable)

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Suppliers' invoices, newest first", answer=InvoiceAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        invoices, asked = self._invoices(), request.query_params
        if store := asked.get("store"):
            invoices = invoices.filter(store_id=find_store(store).pk)
        if supplier := asked.get("supplier"):
            invoices = invoices.filter(supplier=as_uuid(supplier)) if as_uuid(supplier) else invoices.none()
        if first := asked.get("from"):
            invoices = invoices.filter(invoice_date__gte=day_of("from", first))
        if last := asked.get("to"):
            invoices = invoices.filter(invoice_date__lte=day_of("to", last))
        return self.page(invoices)

    @documented(summary="One purchase invoice", answer=InvoiceAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._invoices(), pk))

    @documented(summary="Note a supplier's invoice", body=InvoiceBody, answer=InvoiceAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, InvoiceBody)
        invoice = PurchaseInvoice(supplier=find_supplier(body.supplier))
        self._save(invoice, msgspec.structs.asdict(body), find_store(body.store))
        headers = {"Location": f"/api/v1/purchase-invoices/{invoice.pk}"}
        return Response(self.shown(invoice), status=status.HTTP_201_CREATED, headers=headers)

    @documented(summary="Correct a purchase invoice", body=InvoiceChanges, answer=InvoiceAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        invoice = self.row(self._invoices().select_for_update(of=("self",)), pk)
        self.require_fresh(invoice)
        self._save(invoice, self.changes(decode(request, InvoiceChanges)), find_store(str(invoice.store_id)))
        return self.one(invoice)

    def _invoices(self) -> Any:
        invoices = PurchaseInvoice.objects.select_related("supplier")
        return invoices if self.actor.stores is None else invoices.filter(store_id__in=self.actor.stores)

    def _save(self, invoice: PurchaseInvoice, values: dict[str, Any], store: Store) -> None:
        for name, value in values.items():
            if name not in APART:
                setattr(invoice, name, value)
        if "receipt" in values:
            invoice.receipt = find_receipt(values["receipt"]) if values["receipt"] else None
        if "creditable" in values:
            invoice.is_creditable = values["creditable"]
        save_invoice(invoice, store=store, actor=self.actor, at=timezone.now())
        invoice.refresh_from_db(fields=["taxable", "total", "cgst", "sgst", "igst", "cess", "round_off"])
