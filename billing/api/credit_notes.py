"""`bills/{id}/credit-notes`, `bills/{id}/void` and `credit-notes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bills import BillViewSet
from billing.api.bodies.credit_notes import (
    CreditNoteAnswer,
    CreditNoteBody,
    CreditNoteHead,
    ExchangeAnswer,
    ExchangeBody,
    RefundBody,
    ReturnLineBody,
    ReturnWithoutBillBody,
    UnbilledLineBody,
    VoidBody,
)
from billing.api.parsing import buyer_of, sale_of
from billing.api.showing.credit_notes import shown_credit_note, shown_credit_note_head
from billing.documents import bill_document
from billing.models import Bill, BillLine, CreditNote, Register
from billing.operations.exchange import exchange
from billing.operations.returns import take_goods_back
from billing.operations.returns_without_bill import take_goods_without_bill
from billing.queries import find_register, posted_credit_note
from billing.return_request import RefundTender, ReturnLine, ReturnRequest, ReturnWithoutBill, UnbilledLine
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid, find_store, store_codes
from pantrypal.tenancy.ids import uuid7

FILTERS = {
    "number": "The credit note with this number.",
    "bill": "Id of the bill.",
    "store": "Code or id of the store.",
}


class BillReturnsViewSet(BillViewSet):
    """What can be done to a posted bill: take goods back, or take all of it back."""

    @documented(
        summary="Take goods back: 201 with the credit note, 200 with the same one again",
        body=CreditNoteBody,
        answer=CreditNoteAnswer,
        statuses=(201, 200),
    )
    @action(detail=True, methods=["post"], url_path="credit-notes")
    def credit_notes(self, request: Request, pk: str) -> Response:
        bill = self._bill(pk)
        body = decode(request, CreditNoteBody)
        lines = tuple(_line(bill, line, i) for i, line in enumerate(body.lines))
        return self._take_back(bill, body, lines=lines)

    @documented(
        summary="Void a bill: a credit note over all of it", body=VoidBody, answer=CreditNoteAnswer, statuses=(201, 200)
    )
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:
        bill = self._bill(pk)
        body = decode(request, VoidBody)
        return self._take_back(bill, body, is_void=True, approval=body.approval)

    @documented(
        summary="Exchange goods: a credit note and the bill it pays for, or neither",
        body=ExchangeBody,
        answer=ExchangeAnswer,
        statuses=(201, 200),
    )
    @action(detail=True, methods=["post"])
    def exchange(self, request: Request, pk: str) -> Response:
        bill = self._bill(pk)
        body = decode(request, ExchangeBody)
        store = find_store(body.sale.store)
        sale = sale_of(body.sale, store, find_register(body.sale.register, store))
        asked = ReturnRequest(
            id=body.id,
            bill=bill,
            store=Store.objects.select_related("org").get(pk=bill.store_id),
            register=sale.register,
            reason=body.reason,
            lines=tuple(_line(bill, line, i) for i, line in enumerate(body.lines)),
            refunds=_refunds(body.refunds),
            reason_code=body.reason_code,
        )
        done = exchange(asked, sale, actor=self.actor, at=timezone.now())
        shown = {
            "credit_note": shown_credit_note(done.note, store_codes()),
            "bill": bill_document(done.bill, store=store),
        }
        return Response(shown, status=status.HTTP_200_OK if done.note.is_repeat else status.HTTP_201_CREATED)

    def _bill(self, pk: str) -> Bill:
        bill: Bill = self.row(Bill.objects.select_related("register", "customer"), pk)
        require(self.actor, Permission.SELL, bill.store_id)
        return bill

    def _take_back(self, bill: Bill, body: CreditNoteBody | VoidBody, **values: Any) -> Response:
        store = Store.objects.select_related("org").get(pk=bill.store_id)
        asked = ReturnRequest(
            id=body.id or uuid7(),
            bill=bill,
            store=store,
            register=_register(body.register, bill, store),
            reason=body.reason,
            refunds=_refunds(body.refunds),
            reason_code=body.reason_code,
            **values,
        )
        posted = take_goods_back(asked, actor=self.actor, at=timezone.now())
        code = status.HTTP_200_OK if posted.is_repeat else status.HTTP_201_CREATED
        return Response(shown_credit_note(posted, store_codes()), status=code)


class CreditNoteViewSet(OrgViewSet):
    queryset = CreditNote.objects.all()
    read_permission = Permission.BILLS_VIEW
    write_permission = Permission.SELL
    keyset = ("-finalized_at", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> CreditNoteHead:
        return CreditNoteHead(**shown_credit_note_head(row, self.codes))

    @documented(summary="Credit notes, newest first", answer=CreditNoteHead, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        self.codes = store_codes()
        notes = CreditNote.objects.select_related("register", "bill")
        asked = request.query_params
        if self.actor.stores is not None:
            notes = notes.filter(store_id__in=self.actor.stores)
        if number := asked.get("number"):
            notes = notes.filter(number=number)
        if store := asked.get("store"):
            notes = notes.filter(store_id=find_store(store).pk)
        if bill := asked.get("bill"):
            notes = notes.filter(bill=as_uuid(bill)) if as_uuid(bill) else notes.none()
        return self.page(notes)

    @documented(summary="One credit note with everything on it", answer=CreditNoteAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        note = self.row(CreditNote.objects.all(), pk)
        require(self.actor, Permission.BILLS_VIEW, note.store_id)
        posted = posted_credit_note(note.pk)
        assert posted is not None
        shows_codes = self.actor.may(Permission.SELL, note.store_id)
        return Response(shown_credit_note(posted, store_codes(), shows_codes=shows_codes))

    @documented(
        summary="Take goods back without their bill, for store credit",
        body=ReturnWithoutBillBody,
        answer=CreditNoteAnswer,
        statuses=(201, 200),
    )
    def create(self, request: Request) -> Response:
        body = decode(request, ReturnWithoutBillBody)
        store = find_store(body.store)
        asked = ReturnWithoutBill(
            id=body.id,
            store=store,
            register=find_register(body.register, store),
            reason=body.reason,
            lines=tuple(_unbilled(line, i) for i, line in enumerate(body.lines)),
            refunds=_refunds(body.refunds),
            buyer=buyer_of(body.customer),
            approval=body.approval,
            reason_code=body.reason_code,
        )
        posted = take_goods_without_bill(asked, actor=self.actor, at=timezone.now())
        code = status.HTTP_200_OK if posted.is_repeat else status.HTTP_201_CREATED
        return Response(shown_credit_note(posted, store_codes()), status=code)


def _refunds(bodies: Sequence[RefundBody]) -> tuple[RefundTender, ...]:
    return tuple(RefundTender(refund.method, refund.amount, refund.reference) for refund in bodies)


def _unbilled(body: UnbilledLineBody, i: int) -> UnbilledLine:
    if (body.product is None) == (body.barcode is None):
        sentence = _("Give either product or barcode.")
        raise Invalid(f"lines.{i}: {sentence}", {f"lines.{i}": [sentence]})
    return UnbilledLine(body.quantity, body.product, body.barcode or "", body.disposition)


def _register(ref: str | None, bill: Bill, store: Store) -> Register:
    return bill.register if ref is None else find_register(ref, store)


def _line(bill: Bill, body: ReturnLineBody, i: int) -> ReturnLine:
    return ReturnLine(_line_id(bill, body, i), body.quantity, body.disposition)


def _line_id(bill: Bill, body: ReturnLineBody, i: int) -> UUID:
    if (body.line is None) == (body.position is None):
        sentence = _("Give either line or position.")
        raise Invalid(f"lines.{i}: {sentence}", {f"lines.{i}": [sentence]})
    if body.line is not None:
        return body.line
    found = BillLine.objects.filter(bill=bill, position=body.position or 0).values_list("pk", flat=True).first()
    if found is None:
        sentence = _("The bill has no such line.")
        raise Invalid(f"lines.{i}.position: {sentence}", {f"lines.{i}.position": [sentence]})
    return found
