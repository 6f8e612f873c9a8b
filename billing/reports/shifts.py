"""The X and Z report of a shift, read from its running books."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from billing.models import CashMovement, DocumentSeries, Shift, ShiftTally, ZReport
from billing.models.payment import Method
from pantrypal.core.money import ZERO

GIVES_BACK = (DocumentSeries.Kind.CREDIT_NOTE,)


@dataclass(frozen=True, slots=True)
class Counted:
    amount: Decimal = ZERO
    count: int = 0


@dataclass(slots=True)
class ShiftFigures:
    """Reads as many rows after ten bills as after ten thousand."""

    sales: Counted = field(default_factory=Counted)
    returns: Counted = field(default_factory=Counted)
    discount: Counted = field(default_factory=Counted)
    round_off: Counted = field(default_factory=Counted)
    payments: dict[str, Counted] = field(default_factory=dict)
    refunds: dict[str, Counted] = field(default_factory=dict)
    taxes: dict[str, Counted] = field(default_factory=dict)
    cash: dict[str, Counted] = field(default_factory=dict)
    opening_float: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return self.sales.amount - self.returns.amount

    @property
    def expected_cash(self) -> Decimal:
        """What must lie in the drawer."""
        taken = self.payments.get(Method.CASH, Counted()).amount
        given_back = self.refunds.get(Method.CASH, Counted()).amount
        moved = {kind: counted.amount for kind, counted in self.cash.items()}
        came = moved.get(CashMovement.Kind.CASH_IN, ZERO)
        went = moved.get(CashMovement.Kind.CASH_OUT, ZERO) + moved.get(CashMovement.Kind.DROP, ZERO)
        return self.opening_float + taken - given_back + came - went


GROUPS = {"payment": "payments", "refund": "refunds", "tax": "taxes", "cash": "cash"}


def shift_figures(shift: Shift) -> ShiftFigures:
    figures = ShiftFigures(opening_float=shift.opening_float)
    groups: defaultdict[str, dict[str, Counted]] = defaultdict(dict)
    for tally in ShiftTally.objects.filter(shift=shift).order_by("kind", "name"):
        counted = Counted(tally.amount, tally.count)
        if tally.kind in GROUPS:
            groups[GROUPS[tally.kind]][tally.name] = counted
        else:
            setattr(figures, tally.kind, counted)
    for name, rows in groups.items():
        setattr(figures, name, rows)
    return figures


def grand_total(shift: Shift) -> Decimal:
    """What the register has ever taken, less what it has ever given back; it only goes on."""
    series = DocumentSeries.objects.filter(register=shift.register_id)
    given_back = series.filter(kind__in=GIVES_BACK).aggregate(total=Sum("total"))["total"] or ZERO
    taken = series.exclude(kind__in=GIVES_BACK).aggregate(total=Sum("total"))["total"] or ZERO
    return Decimal(taken) - Decimal(given_back)


def last_z(shift: Shift) -> ZReport | None:
    return ZReport.objects.filter(register=shift.register_id).order_by("-number").first()
