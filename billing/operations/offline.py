"""Numbers of sales that a register's own device made while it was off line.

The device prints F + store + register, the fiscal year of the sale and a number that it counts itself: a series that
nobody else writes, so it needs no server (DocumentSeries.Kind.OFFLINE_BILL). It begins after the last number that
`next_offline_numbers` tells at pairing, and sends its sales in order, each with the number it has printed.

A sale that has happened is always taken. Where it cannot have the number on its paper, it gets one of the register's
ordinary series and keeps the printed one beside it:

- another bill has the number: two devices use one token. Both sales are kept, the token is worth nothing from now on,
  the owner is told, and the register must be paired anew;
- the device was unpaired before the sale arrived;
- numbers before it are missing and the device no longer has those sales (it says so by `renumber`; until then it is
  asked for them: OfflineGap).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import Bill, DocumentSeries, Register, RegisterDevice
from billing.operations.pairing import revoke
from billing.operations.registers import OFFLINE, bill_prefix
from billing.refusals import NotPaired, OfflineGap
from billing.sale import Sale
from pantrypal.core.actor import Actor
from pantrypal.journal.models import AuditEntry, OutboxEvent

Kind = DocumentSeries.Kind


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which series a sale is numbered in, and the number on its paper where that is another one."""

    kind: DocumentSeries.Kind = Kind.BILL
    printed_number: str = ""


def numbering_of(sale: Sale, *, at: datetime) -> Numbering:
    """Raises NotPaired for a device that was never this register's, OfflineGap."""
    if sale.offline is None:
        return Numbering()
    device, store = sale.offline.device, sale.basket.store
    if device is None or device.register_id != sale.register.pk:
        raise NotPaired(_("Sales made off line are sent by the register's own device."))
    _wait_for_twins(sale.register)
    paired = RegisterDevice.objects.get(pk=device.pk).revoked_at is None
    year = store.fiscal_year(happened_at(sale, at))
    sequence = sale.offline.sequence
    expected = _last_number(sale.register, year) + 1
    printed = f"{OFFLINE}{bill_prefix(store, sale.register)}-{year % 100:02}-{sequence:07}"
    if not paired:
        return Numbering(printed_number=printed)
    if sequence == expected:
        return Numbering(Kind.OFFLINE_BILL)
    if sequence > expected and not sale.offline.renumber:
        raise OfflineGap(_("Please send the sale with number %s first.") % expected, expected=expected)
    if sequence < expected:
        _tell_clone(sale, device, printed, at)
    return Numbering(printed_number=printed)


def happened_at(sale: Sale, at: datetime) -> datetime:
    """When the goods went out. A device whose clock is ahead sells nothing tomorrow."""
    return at if sale.occurred_at is None else min(sale.occurred_at, at)


def _wait_for_twins(register: Register) -> None:
    """The offline sales of a register are numbered one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"offline {register.pk}", register.org_id]
        )


def _last_number(register: Register, year: int) -> int:
    series = DocumentSeries.objects.filter(register=register, kind=Kind.OFFLINE_BILL, fiscal_year=year)
    return series.values_list("last_number", flat=True).first() or 0


def _tell_clone(sale: Sale, device: RegisterDevice, printed: str, at: datetime) -> None:
    system = Actor.system(sale.register.org_id)
    other = Bill.objects.filter(number=printed).values_list("pk", flat=True).first()
    found = {"number": printed, "bill": str(sale.id), "other_bill": str(other)}
    with transaction.atomic():
        revoke(device, reason="cloned", actor=system, at=at)
        AuditEntry.record("device.cloned", sale.register, actor=system, at=at, device=device.name, **found)
        OutboxEvent.emit("device.cloned", register=str(sale.register.pk), device=str(device.pk), **found)
