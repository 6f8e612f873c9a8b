"""Registers, shifts, cash and approvals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from pantrypal.core.api.bodies import Answer, Body, Code


class RegisterAnswer(Answer):
    """`offline_next`: by fiscal year, the next number of a sale that its paired `device` makes off line."""

    id: UUID
    store: str
    code: str
    name: str
    kind: str
    shift: UUID | None
    device: str | None
    offline_next: dict[str, int]
    active: bool


class OpenShiftBody(Body):
    store: Code
    register: Code
    opening_float: Decimal = Decimal(0)


class CloseShiftBody(Body):
    """`denominations` (how many of each note and coin, by value) must add up to the counted cash."""

    counted_cash: Decimal
    denominations: dict[Annotated[str, Meta(pattern=r"^\d{1,6}(\.\d{1,3})?$")], Annotated[int, Meta(ge=0)]] = {}


class ShiftAnswer(Answer):
    id: UUID
    store: str
    register: str
    business_date: date
    opened_at: datetime
    opened_by: str
    opening_float: Decimal
    closed_at: datetime | None
    closed_by: str
    counted_cash: Decimal | None
    expected_cash: Decimal | None
    variance: Decimal | None


class CountedAnswer(Answer):
    amount: Decimal
    count: int


class ShiftReport(Answer):
    """X report while the shift is open, Z report once it is closed: read from the running books.

    Expected cash is shown after closing only, so that counting stays blind.
    """

    kind: str
    number: int | None
    shift: ShiftAnswer
    sales: CountedAnswer
    returns: CountedAnswer
    discount: CountedAnswer
    round_off: CountedAnswer
    payments: dict[str, CountedAnswer]
    refunds: dict[str, CountedAnswer]
    taxes: dict[str, CountedAnswer]
    cash: dict[str, CountedAnswer]
    denominations: dict[str, int]
    net: Decimal
    grand_total: Decimal


class ApprovalBody(Body):
    """A manager's yes to something a cashier may not decide alone, good for 15 minutes and one subject."""

    kind: Literal["discount", "price_change", "void", "return_no_bill", "drawer_open", "oversell"]
    store: Code
    subject: UUID
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    amount: Decimal | None = None


class ApprovalAnswer(Answer):
    id: UUID
    kind: str
    store: str
    subject: UUID | None
    asked_by: str
    approved_by: str
    reason: str
    amount: Decimal | None
    at: datetime


class CashBody(Body):
    kind: Literal["cash_in", "cash_out", "cash_drop"]
    amount: Decimal
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class CashAnswer(Answer):
    id: UUID
    kind: str
    amount: Decimal
    reason: str
    actor: str
    at: datetime
