"""`registers` and `shifts`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.registers import (
    CashAnswer,
    CashBody,
    CloseShiftBody,
    OpenShiftBody,
    RegisterAnswer,
    ShiftAnswer,
    ShiftReport,
)
from billing.api.showing.registers import at_registers, shown_cash, shown_register, shown_report, shown_shift
from billing.models import CashMovement, Register, Shift
from billing.operations.cash import move_cash
from billing.operations.shifts import close_shift, open_shift
from billing.queries import find_register
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import as_uuid, find_store, store_codes

STORE = {"store": "Code or id of the store."}
SHIFT_FILTERS = STORE | {"register": "Code or id of the register.", "open": "true or false."}


class RegisterViewSet(OrgViewSet):
    queryset = Register.objects.all()
    read_permission = Permission.BILLS_VIEW
    keyset = ("id",)
    parameters = STORE

    def shown(self, row: Any) -> RegisterAnswer:
        return shown_register(row, self.there)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.there = at_registers()

    @documented(summary="List registers", answer=RegisterAnswer, many=True, parameters=STORE)
    def list(self, request: Request) -> Response:
        registers = Register.objects.all()
        if store := request.query_params.get("store"):
            registers = registers.filter(store_id=find_store(store).pk)
        if self.actor.stores is not None:
            registers = registers.filter(store_id__in=self.actor.stores)
        return self.page(registers)

    @documented(summary="One register", answer=RegisterAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Register.objects.all(), pk))


class ShiftViewSet(OrgViewSet):
    queryset = Shift.objects.all()
    read_permission = Permission.BILLS_VIEW
    write_permission = Permission.SELL
    keyset = ("-opened_at", "-id")
    parameters = SHIFT_FILTERS

    def shown(self, row: Any) -> ShiftAnswer:
        return shown_shift(row, store_codes())

    @documented(summary="Shifts, newest first", answer=ShiftAnswer, many=True, parameters=SHIFT_FILTERS)
    def list(self, request: Request) -> Response:
        shifts = Shift.objects.select_related("register")
        asked = request.query_params
        if store := asked.get("store"):
            shifts = shifts.filter(store_id=find_store(store).pk)
        if register := asked.get("register"):
            shifts = shifts.filter(register__in=_registers(register, asked.get("store")))
        if is_open := asked.get("open"):
            shifts = shifts.filter(closed_at__isnull=_truth(is_open))
        if self.actor.stores is not None:
            shifts = shifts.filter(store_id__in=self.actor.stores)
        return self.page(shifts)

    @documented(summary="One shift", answer=ShiftAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self._shift(pk))

    @documented(summary="Open a shift", body=OpenShiftBody, answer=ShiftAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, OpenShiftBody)
        store = find_store(body.store)
        shift = open_shift(
            register=find_register(body.register, store),
            store=store,
            opening_float=body.opening_float,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self.shown(shift), status=status.HTTP_201_CREATED)

    @documented(summary="Close a shift with the counted cash", body=CloseShiftBody, answer=ShiftAnswer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        body = decode(request, CloseShiftBody)
        shift = close_shift(
            shift=self._shift(pk),
            counted_cash=body.counted_cash,
            denominations=body.denominations,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self.shown(shift))

    @documented(summary="X report of an open shift, Z report of a closed one", answer=ShiftReport)
    @action(detail=True, methods=["get"])
    def report(self, request: Request, pk: str) -> Response:
        shift = self._shift(pk)
        return Response(shown_report(shift, self.shown(shift)))

    @documented(summary="Cash into or out of the drawer", body=CashBody, answer=CashAnswer, statuses=(201,))
    @action(detail=True, methods=["post"])
    def cash(self, request: Request, pk: str) -> Response:
        shift = self._shift(pk)
        body = decode(request, CashBody)
        movement = move_cash(
            shift=shift,
            store=find_store(str(shift.store_id)),
            kind=CashMovement.Kind(body.kind),
            amount=body.amount,
            reason=body.reason,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(shown_cash(movement), status=status.HTTP_201_CREATED)

    def _shift(self, pk: str) -> Shift:
        shift: Shift = self.row(Shift.objects.select_related("register"), pk)
        require(self.actor, Permission.BILLS_VIEW, shift.store_id)
        return shift


def _registers(ref: str, store: str | None) -> Any:
    if store is not None:
        return [find_register(ref, find_store(store)).pk]
    pk = as_uuid(ref)
    return Register.objects.filter(pk=pk) if pk else Register.objects.filter(code=ref)


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        sentence = _("true or false.")
        raise Invalid(f"open: {sentence}", {"open": [sentence]})
    return text == "true"
