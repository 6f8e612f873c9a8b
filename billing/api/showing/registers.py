"""Registers, shifts and their reports."""

from __future__ import annotations

from uuid import UUID

from billing.api.bodies.registers import CashAnswer, CountedAnswer, RegisterAnswer, ShiftAnswer, ShiftReport
from billing.models import CashMovement, Register, Shift, ZReport
from billing.reports.shifts import Counted, grand_total, shift_figures


def shown_register(register: Register, codes: dict[UUID, str], shift: Shift | None) -> RegisterAnswer:
    return RegisterAnswer(
        id=register.pk,
        store=codes[register.store_id],
        code=register.code,
        name=register.name,
        kind=register.kind,
        shift=shift.pk if shift else None,
        active=register.archived_at is None,
    )


def shown_shift(shift: Shift, codes: dict[UUID, str]) -> ShiftAnswer:
    return ShiftAnswer(
        id=shift.pk,
        store=codes[shift.store_id],
        register=shift.register.code,
        business_date=shift.business_date,
        opened_at=shift.opened_at,
        opened_by=shift.opened_by,
        opening_float=shift.opening_float,
        closed_at=shift.closed_at,
        closed_by=shift.closed_by,
        counted_cash=shift.counted_cash,
        expected_cash=shift.expected_cash,
        variance=shift.variance,
    )


def shown_report(shift: Shift, head: ShiftAnswer) -> ShiftReport:
    figures = shift_figures(shift)
    z_report = ZReport.objects.filter(shift=shift).first()

    def counted(rows: dict[str, Counted]) -> dict[str, CountedAnswer]:
        return {name: CountedAnswer(amount=row.amount, count=row.count) for name, row in rows.items()}

    single = {"sales": figures.sales, "returns": figures.returns}
    single |= {"discount": figures.discount, "round_off": figures.round_off}
    return ShiftReport(
        kind="z" if z_report else "x",
        number=z_report.number if z_report else None,
        shift=head,
        **counted(single),
        payments=counted(figures.payments),
        refunds=counted(figures.refunds),
        taxes=counted(figures.taxes),
        cash=counted(figures.cash),
        denominations=z_report.figures["denominations"] if z_report else {},
        net=figures.net,
        grand_total=z_report.grand_total if z_report else grand_total(shift),
    )


def shown_cash(movement: CashMovement) -> CashAnswer:
    return CashAnswer(
        id=movement.pk,
        kind=movement.kind,
        amount=movement.amount,
        reason=movement.reason,
        actor=movement.actor,
        at=movement.at,
    )
