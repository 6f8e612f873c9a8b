"""A bill on paper and on its way: `bills/{id}/send`, `bills/{id}/receipt`, `bills/{id}/escpos`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.papers import SendBody, SentAnswer
from billing.api.credit_notes import BillReturnsViewSet
from billing.documents import bill_document
from billing.escpos.receipt import receipt_bytes
from billing.escpos.settings import settings_of
from billing.models import Bill, BillMessage
from billing.operations.sending import send_bill
from billing.queries import posted_bill
from billing.receipts import TEMPLATE, receipt_context
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.models import Store

DRAWER = {"drawer": "true: open the drawer too, for the first print of a sale in cash."}


class BillPapersViewSet(BillReturnsViewSet):
    parameters = BillReturnsViewSet.parameters | DRAWER

    @documented(
        summary="Send a bill by e-mail with its PDF, or as a link by SMS or WhatsApp",
        body=SendBody,
        answer=SentAnswer,
        statuses=(202,),
    )
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        bill = self._bill(pk)
        body = decode(request, SendBody)
        channel = BillMessage.Channel(body.channel)
        message = send_bill(bill=bill, channel=channel, to=body.to, actor=self.actor, at=timezone.now())
        answer = SentAnswer(id=message.pk, bill=bill.pk, channel=message.channel, to=message.to)
        return Response(answer, status=status.HTTP_202_ACCEPTED)

    @documented(summary="The receipt as a page for a roll of 80 mm (text/html)")
    @action(detail=True, methods=["get"])
    def receipt(self, request: Request, pk: str) -> HttpResponse:
        bill = self.row(Bill.objects.all(), pk)
        require(self.actor, Permission.BILLS_VIEW, bill.store_id)
        posted = posted_bill(bill.pk)
        assert posted is not None
        store = Store.objects.select_related("org").get(pk=bill.store_id)
        with translation.override(store.receipt_language):
            return render(request._request, TEMPLATE, receipt_context(posted, store=store))

    @documented(
        summary="The receipt as the bytes of its register's printer (ESC/POS)",
        parameters=DRAWER,
    )
    @action(detail=True, methods=["get"])
    def escpos(self, request: Request, pk: str) -> HttpResponse:
        bill = self.row(Bill.objects.all(), pk)
        require(self.actor, Permission.BILLS_VIEW, bill.store_id)
        posted = posted_bill(bill.pk)
        assert posted is not None
        store = Store.objects.select_related("org").get(pk=bill.store_id)
        document = bill_document(posted, store=store)
        opens_drawer = request.query_params.get("drawer") == "true" and self.actor.may(Permission.SELL)
        with translation.override(store.receipt_language):
            printed = receipt_bytes(document, settings_of(posted.bill.register), opens_drawer=opens_drawer)
        return HttpResponse(printed, content_type="application/octet-stream")
