"""PINs on a paired register: the next cashier takes over, or a manager says yes.

Wrong PINs must be counted although they are refused, so `who_is_it` commits in a transaction of its own and refuses
after it. A page that calls it is `@org_non_atomic` and opens the transaction of its own work afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from billing.models import Approval, RegisterDevice, WrongPins
from billing.models.device import ANYBODY
from billing.operations.approvals import Question, give_approval
from billing.refusals import NotPaired
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Membership
from pantrypal.core.operations.pins import pin_hash
from pantrypal.core.queries import members_of_store
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_BY_PERSON = 5
MOST_ON_DEVICE = 10

P = Permission
# What somebody may do who has shown no more than a PIN: no back office.
AT_THE_TILL = frozenset(
    {P.SELL, P.APPROVE, P.BILLS_VIEW, P.CATALOG_VIEW, P.STOCK_VIEW, P.CUSTOMERS_VIEW, P.CUSTOMERS_EDIT}
)


class WrongPin(DomainError):
    code = "wrong_pin"
    status = 403


class PinLocked(DomainError):
    """Too many wrong PINs; `data["until"]` says when they are taken again."""

    code = "pin_locked"
    status = 429


def who_is_it(*, device: RegisterDevice, pin: str, member_id: int | None = None, at: datetime) -> Membership:
    """The member of this store with this PIN; of `member_id` if a name was chosen.

    Raises WrongPin, PinLocked, NotPaired. Not to be called inside a transaction.
    """
    with transaction.atomic(durable=True):
        found = _judge(device, pin, member_id, at)
    if isinstance(found, DomainError):
        raise found
    return found


def approve_by_pin(
    question: Question, *, device: RegisterDevice, pin: str, member_id: int | None = None, asked_by: Actor, at: datetime
) -> Approval:
    """A manager's yes, typed at the register where it was asked. Raises WrongPin, PinLocked, NotPaired, Forbidden."""
    approver = who_is_it(device=device, pin=pin, member_id=member_id, at=at)
    with transaction.atomic():
        return give_approval(question, asked_by=asked_by, approver=approver.actor(), at=at, register=device.register)


def till_actor(member: Membership) -> Actor:
    """The member as the one who acts at a till after showing a PIN."""
    actor = member.actor()
    return replace(actor, permissions=actor.permissions & AT_THE_TILL)


def _judge(device: RegisterDevice, pin: str, member_id: int | None, at: datetime) -> Membership | DomainError:
    """Guesses on one device come one after the other (its row is locked), so none slips past the count."""
    paired = RegisterDevice.objects.select_for_update(of=("self",)).select_related("register")
    locked = paired.filter(pk=device.pk, revoked_at=None).first()
    if locked is None:
        return NotPaired(_("This device is not paired with a register any more."))
    counts = [_count(locked, who, at) for who in {ANYBODY, member_id or ANYBODY}]
    ends = [count.locked_until for count in counts if count.locked_until is not None and count.is_locked(at)]
    if ends:
        return PinLocked(_("Too many wrong PINs. Please try again in a quarter of an hour."), until=max(ends))
    member = _member(locked, pin, member_id)
    if member is not None:
        WrongPins.objects.filter(device=locked, member_id=member.pk).update(count=0)
        return member
    return _wrong(locked, counts, at)


def _count(device: RegisterDevice, member_id: int, at: datetime) -> WrongPins:
    count, _made = WrongPins.objects.get_or_create(device=device, member_id=member_id, defaults={"since": at})
    return count


def _member(device: RegisterDevice, pin: str, member_id: int | None) -> Membership | None:
    """None too where a PIN alone names two: somebody has moved to this store since it was chosen."""
    typed = pin_hash(device.org_id, pin)
    fitting = [
        member
        for member in members_of_store(device.register.store_id)
        if constant_time_compare(member.pin_hash, typed) and member_id in (None, member.pk)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _wrong(device: RegisterDevice, counts: list[WrongPins], at: datetime) -> DomainError:
    is_locking = False
    for count in counts:
        most = MOST_ON_DEVICE if count.member_id == ANYBODY else MOST_BY_PERSON
        is_locking |= count.count_one(at, most=most)
        count.save(update_fields=["count", "since", "locked_until"])
    if is_locking:
        _tell(device, counts, at)
    return WrongPin(_("This PIN is not right."))


def _tell(device: RegisterDevice, counts: list[WrongPins], at: datetime) -> None:
    """The owner hears of it, whoever stands at the till."""
    people = [count.member_id for count in counts if count.member_id != ANYBODY and count.is_locked(at)]
    system = Actor.system(device.org_id)
    AuditEntry.record("pin.locked", device.register, actor=system, at=at, device=device.name, members=people)
    OutboxEvent.emit(
        "pin.locked", register=str(device.register_id), device=str(device.pk), name=device.name, members=people
    )
