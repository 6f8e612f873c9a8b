"""`bills` and `bills/quote`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.sales import BillAnswer, BillHead, QuoteAnswer, QuoteBody, SaleBody
from billing.api.parsing import basket_of, sale_of
from billing.api.showing.sales import HEAD, shown_head, shown_quote
from billing.documents import bill_document
from billing.http import device_of
from billing.models import Bill
from billing.operations.ages import EVERY_AGE, require_age_checked
from billing.operations.checkout import checkout
from billing.operations.offline_sales import take_offline_sale
from billing.operations.quote import quote
from billing.queries import PostedBill, bill_pdf, find_register, posted_bill
from billing.refusals import TotalChanged
from billing.sale import Sale
from customers.models import Customer
from customers.phone import to_e164
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.problems import problem
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid, find_store, store_codes

FILTERS = {
    "number": "The bill with this number.",
    "store": "Code or id of the store.",
    "customer": "Id or phone of the customer.",
    "from": "Bills of this time (RFC 3339) or business date on.",
    "to": "Bills before this time, or up to and with this business date.",
}


class BillViewSet(OrgViewSet):
    queryset = Bill.objects.all()
    read_permission = Permission.BILLS_VIEW
    write_permission = Permission.SELL
    keyset = ("-finalized_at", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> BillHead:
        return shown_head(row, self.codes)

    @documented(summary="Bills, newest first", answer=BillHead, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        self.codes = store_codes()
        bills = Bill.objects.values(*HEAD)
        if self.actor.stores is not None:
            bills = bills.filter(store_id__in=self.actor.stores)
        return self.page(bills.filter(*_conditions(request.query_params, self.org.country)))

    @documented(summary="One bill with everything on it", answer=BillAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        bill = self.row(Bill.objects.all(), pk)
        require(self.actor, Permission.BILLS_VIEW, bill.store_id)
        if (tag := f'"{bill.hash[:32]}"') in request.headers.get("If-None-Match", ""):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        posted = posted_bill(bill.pk)
        assert posted is not None
        store = Store.objects.get(pk=bill.store_id)
        return Response(bill_document(posted, store=store), headers={"ETag": tag})

    @documented(
        summary="Sell: 201 with the new bill, 200 with the same bill again",
        body=SaleBody,
        answer=BillAnswer,
        statuses=(201, 200),
    )
    def create(self, request: Request) -> Response:
        body = decode(request, SaleBody)
        store = find_store(body.store)
        sale = sale_of(body, store, find_register(body.register, store), device_of(request._request, once=True))
        try:
            posted = _sell(sale, self.actor)
        except TotalChanged as refusal:
            fresh = {"quote": shown_quote(refusal.data["quote"])}
            return problem(refusal.status, refusal.code, refusal.message, more=fresh)
        code = status.HTTP_200_OK if posted.is_repeat else status.HTTP_201_CREATED
        return Response(
            bill_document(posted, store=store), status=code, headers={"Location": f"/api/v1/bills/{posted.bill.pk}"}
        )

    @documented(summary="The invoice as PDF: 200 the file, 202 while it is made", statuses=(200, 202))
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponseBase:
        bill = self.row(Bill.objects.all(), pk)
        require(self.actor, Permission.BILLS_VIEW, bill.store_id)
        file = bill_pdf(bill.pk)
        if file is None:
            return Response(status=status.HTTP_202_ACCEPTED, headers={"Retry-After": "2"})
        return FileResponse(file.open(), content_type="application/pdf", filename=f"{bill.number}.pdf")

    @documented(summary="Price a cart; writes nothing", body=QuoteBody, answer=QuoteAnswer)
    @action(detail=False, methods=["post"], url_path="quote")
    def quote(self, request: Request) -> Response:
        body = decode(request, QuoteBody)
        store = find_store(body.store)
        require(self.actor, Permission.SELL, store.pk)
        if body.register is not None:
            find_register(body.register, store)
        basket = basket_of(body, store)
        customer = None
        if basket.buyer is not None:
            customer = _known_customer(basket.buyer.customer, basket.buyer.phone, store)
        priced = quote(basket, customer=customer, at=timezone.now())
        require_age_checked(priced, EVERY_AGE if body.age_checked else 0)
        return Response(shown_quote(priced))


def _sell(sale: Sale, actor: Actor) -> PostedBill:
    """What was sold off line is taken, and told where its paper says another total."""
    at = timezone.now()
    if sale.occurred_at is not None:
        return take_offline_sale(sale, actor=actor, at=at).posted
    return checkout(sale, actor=actor, at=at)


def _known_customer(pk: Any, phone: str, store: Store) -> Customer | None:
    """The customer if there is one already: a quote makes nobody."""
    if pk is not None:
        return Customer.objects.filter(pk=pk).first()
    return Customer.objects.filter(phone=to_e164(phone, store.org.country)).first()


def _conditions(asked: Any, country: str) -> list[Q]:
    conditions = []
    if number := asked.get("number"):
        conditions.append(Q(number=number))
    if store := asked.get("store"):
        conditions.append(Q(store_id=find_store(store).pk))
    if customer := asked.get("customer"):
        pk = as_uuid(customer)
        conditions.append(Q(customer=pk) if pk else Q(customer__phone=to_e164(customer, country)))
    if since := asked.get("from"):
        conditions.append(_since(since))
    if until := asked.get("to"):
        conditions.append(_until(until))
    return conditions


def _since(text: str) -> Q:
    when = _when(text, "from")
    return Q(finalized_at__gte=when) if isinstance(when, datetime) else Q(business_date__gte=when)


def _until(text: str) -> Q:
    when = _when(text, "to")
    return Q(finalized_at__lt=when) if isinstance(when, datetime) else Q(business_date__lte=when)


def _when(text: str, field: str) -> datetime | date:
    """An aware moment or a date. Raises Invalid."""
    try:
        moment = parse_datetime(text) if "T" in text or " " in text else parse_date(text)
    except ValueError:
        moment = None
    if moment is None or (isinstance(moment, datetime) and moment.tzinfo is None):
        sentence = _("Give a date such as 2026-11-23 or a time such as 2026-11-23T09:00:00Z.")
        raise Invalid(f"{field}: {sentence}", {field: [sentence]})
    return moment
