"""`customers/{id}/export` and `customers/{id}/erase`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.operations.persons import erase_person, export_person
from customers.models import Customer
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet


class PersonAnswer(Answer):
    """Everything that is kept about one person."""

    customer: dict[str, Any]
    bills: list[dict[str, Any]]
    credit_notes: list[dict[str, Any]]
    stored_value: list[dict[str, Any]]
    messages: list[dict[str, Any]]


class CustomerRightsViewSet(OrgViewSet):
    queryset = Customer.objects.all()
    read_permission = Permission.CUSTOMERS_ERASE
    write_permission = Permission.CUSTOMERS_ERASE

    @documented(summary="Everything that is known about a customer", answer=PersonAnswer)
    @action(detail=True, methods=["get"])
    def export(self, request: Request, pk: str) -> Response:
        customer = self.row(Customer.objects.all(), pk)
        return Response(PersonAnswer(**export_person(customer, actor=self.actor, at=timezone.now())))

    @documented(summary="Erase a person; their bills stay without them", statuses=(204,))
    @action(detail=True, methods=["post"])
    def erase(self, request: Request, pk: str) -> Response:
        customer = self.row(Customer.objects.select_for_update(), pk)
        erase_person(customer, actor=self.actor, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
