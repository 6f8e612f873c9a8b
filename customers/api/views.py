"""`customers`."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from customers.api.bodies import CustomerAnswer, CustomerBody, CustomerChanges
from customers.models import Customer
from customers.operations.customers import save_customer
from customers.phone import to_e164
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet


class CustomerViewSet(OrgViewSet):
    queryset = Customer.objects.all()
    read_permission = Permission.CUSTOMERS_VIEW
    write_permission = Permission.CUSTOMERS_EDIT
    keyset = ("-created_at", "-id")
    parameters = {"phone": "The customer with this phone, in any form."}

    def shown(self, row: Any) -> CustomerAnswer:
        return CustomerAnswer(
            id=row.pk,
            name=row.name,
            phone=row.phone,
            email=row.email,
            gstin=row.gstin,
            address=row.address,
            state_code=row.state_code,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )

    @documented(summary="List customers", answer=CustomerAnswer, many=True, parameters=parameters)
    def list(self, request: Request) -> Response:
        customers = Customer.objects.all()
        if phone := request.query_params.get("phone"):
            customers = customers.filter(phone=to_e164(phone, self.org.country))
        return self.page(customers)

    @documented(summary="One customer", answer=CustomerAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Customer.objects.all(), pk))

    @documented(summary="Add a customer", body=CustomerBody, answer=CustomerAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, CustomerBody)
        customer = Customer(**msgspec.structs.asdict(body))
        save_customer(customer, org=self.org, actor=self.actor, at=timezone.now())
        return Response(self.shown(customer), status=status.HTTP_201_CREATED)

    @documented(summary="Change a customer", body=CustomerChanges, answer=CustomerAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        customer = self.row(Customer.objects.select_for_update(), pk)
        self.require_fresh(customer)
        for name, value in self.changes(decode(request, CustomerChanges)).items():
            setattr(customer, name, value)
        save_customer(customer, org=self.org, actor=self.actor, at=timezone.now())
        return self.one(customer)
