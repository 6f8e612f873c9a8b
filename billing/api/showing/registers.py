"""Registers, shifts and their reports."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from billing.api.bodies.registers import CashAnswer, CountedAnswer, RegisterAnswer, ShiftAnswer, ShiftReport
from billing.models import CashMovement, Register, RegisterDevice, Shift, ZReport
from billing.queries import offline_next
from billing.reports.shifts import Counted, grand_total, shift_figures
from pantrypal.core.queries import store_codes


@dataclass(frozen=True, slots=True)
class AtRegisters:
    """What is known of all registers of an answer, each by the register's id; read at once."""

    codes: dict[UUID, str]
    shifts: dict[UUID, Shift]
    devices: dict[UUID, str]
    offline_next: dict[UUID, dict[int, int]]


def at_registers() -> AtRegisters:
    paired = RegisterDevice.objects.filter(revoked_at=None)
    return AtRegisters(
        codes=store_codes(),
        shifts={shift.register_id: shift for shift in Shift.objects.filter(closed_at=None)},
        devices=dict(paired.values_list("register", "name")),
        offline_next=offline_next(Register.objects.all()),
    )


def shown_register(register: Register, there: AtRegisters) -> RegisterAnswer:
    shift = there.shifts.get(register.pk)
    numbers = there.offline_next.get(register.pk, {})
    return RegisterAnswer(
        id=register.pk,
        store=there.codes[register.store_id],
        code=register.code,
        name=register.name,
        kind=register.kind,
        shift=shift.pk if shift else None,
        device=there.devices.get(register.pk),
        offline_next={str(year): number for year, number in numbers.items()},
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
