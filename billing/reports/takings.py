"""What was taken, by day, hour, store, register, cashier and means of payment. Sales less returns, tax included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Sum
from django.db.models.functions import ExtractHour

from billing.models import Bill, CreditNote, Payment, Refund, Register
from billing.models.payment import Method
from billing.reports.period import Period
from pantrypal.core.business_time import zone
from pantrypal.core.money import ZERO


class Takings(msgspec.Struct):
    """`net` is sold less returned; `tax` is that of the net."""

    name: str
    bills: int = 0
    sold: Decimal = ZERO
    returned: Decimal = ZERO
    net: Decimal = ZERO
    tax: Decimal = ZERO


class Tendered(msgspec.Struct):
    name: str
    payments: int = 0
    taken: Decimal = ZERO
    given_back: Decimal = ZERO
    net: Decimal = ZERO


Said = Callable[[Any], str]


def by_day(period: Period) -> list[Takings]:
    return _by("business_date", period, str)


def by_store(period: Period) -> list[Takings]:
    names = {store.pk: store.name for store in period.stores}
    return _by("store_id", period, names.__getitem__)


def by_register(period: Period) -> list[Takings]:
    codes = {store.pk: store.code for store in period.stores}
    registers = Register.objects.filter(store_id__in=codes)
    names = {register.pk: f"{codes[register.store_id]} · {register.name}" for register in registers}
    return _by("register_id", period, names.__getitem__)


def by_cashier(period: Period) -> list[Takings]:
    return _by("cashier", period, str)


def by_hour(period: Period) -> list[Takings]:
    """By the clock of each store."""
    rows: dict[str, Takings] = {}
    for store in period.stores:
        hour = ExtractHour("finalized_at", tzinfo=zone(store.time_zone))
        _add_up(rows, hour, Period(period.first, period.last, [store]), lambda hour: f"{hour:02}")
    return _sorted(rows)


def by_tender(period: Period) -> list[Tendered]:
    rows: dict[str, Tendered] = {}
    paid = Payment.objects.filter(**period.business("bill__")).order_by().values_list("method")
    for method, count, amount in paid.annotate(count=Count("pk"), amount=Sum("amount")):
        row = rows.setdefault(method, Tendered(_method(method)))
        row.payments, row.taken = count, amount
    back = Refund.objects.filter(**period.business("credit_note__")).order_by().values_list("method")
    for method, amount in back.annotate(amount=Sum("amount")):
        rows.setdefault(method, Tendered(_method(method))).given_back = amount
    for row in rows.values():
        row.net = row.taken - row.given_back
    return sorted(rows.values(), key=lambda row: (-row.net, row.name))


def _by(field: str, period: Period, said: Said) -> list[Takings]:
    rows: dict[str, Takings] = {}
    _add_up(rows, field, period, said)
    return _sorted(rows)


def _add_up(rows: dict[str, Takings], group: Any, period: Period, said: Said) -> None:
    for key, count, total, tax in _sums(Bill, group, period):
        row = rows.setdefault(name := said(key), Takings(name))
        row.bills += count
        row.sold += total
        row.net += total
        row.tax += tax
    for key, _count, total, tax in _sums(CreditNote, group, period):
        row = rows.setdefault(name := said(key), Takings(name))
        row.returned += total
        row.net -= total
        row.tax -= tax


def _sums(model: type[Bill] | type[CreditNote], group: Any, period: Period) -> Iterable[Any]:
    documents: Any = model.objects.filter(**period.business()).order_by()
    documents = documents.values(group) if isinstance(group, str) else documents.annotate(group=group).values("group")
    summed = documents.annotate(count=Count("pk"), sum_total=Sum("total"), sum_tax=Sum("tax"))
    rows: Iterable[Any] = summed.values_list(
        group if isinstance(group, str) else "group", "count", "sum_total", "sum_tax"
    )
    return rows


def _sorted(rows: dict[str, Takings]) -> list[Takings]:
    return [rows[name] for name in sorted(rows)]


def _method(method: str) -> str:
    return str(Method(method).label) if method in Method.values else method
