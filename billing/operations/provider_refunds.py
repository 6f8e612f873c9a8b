"""Money that goes back the way it came, by the payment provider: asked for by a worker, kept on a row of its own.

The return writes the row and an event in its own transaction; a worker asks the provider under an idempotency key, as
often as it takes to get an answer; the provider's notice says when the money is on its way. What the provider refuses
stays as failed with its sentence, the owner hears of it and may have it asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import CreditNote, Payment, PaymentIntent, ProviderRefund, Refund
from billing.providers import provider_of
from billing.providers.interface import Notice, RefundRefused
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError
from pantrypal.core.money import ZERO
from pantrypal.core.queries import as_uuid
from pantrypal.journal.models import AuditEntry, OutboxEvent

State = ProviderRefund.State


class RefundUnderWay(DomainError):
    """The provider has this refund already; it must not be asked a second time."""

    code = "refund_under_way"
    status = 409


def ask_provider(note: CreditNote, refunds: Sequence[Refund], *, actor: Actor, at: datetime) -> list[ProviderRefund]:
    """Have given back by the provider what it has taken for this bill, in the transaction of the return.

    Under the bill's lock. A refund with a reference was made by hand; what no payment of its way covers is too.
    """
    wanted = [refund for refund in refunds if refund.amount and not refund.reference]
    if note.bill_id is None or not wanted:
        return []
    paid = Payment.objects.filter(bill=note.bill_id).exclude(reference="").values_list("reference", flat=True)
    intents = PaymentIntent.objects.filter(
        subject_id=note.bill_id, reference__in=list(paid), account__isnull=False, state=PaymentIntent.State.PAID
    )
    left = {intent: intent.amount - _given_back(intent, State.ASKED, State.DONE) for intent in intents.order_by("id")}
    return [row for refund in wanted for row in _shares(refund, left, actor, at)]


def _shares(refund: Refund, left: dict[PaymentIntent, Decimal], actor: Actor, at: datetime) -> list[ProviderRefund]:
    rows, rest = [], refund.amount
    for intent in left:
        share = min(rest, left[intent])
        if intent.method != refund.method or share <= 0:
            continue
        row = ProviderRefund.objects.create(intent=intent, refund=refund, amount=share, asked_at=at)
        _emit(row, "refund.asked", actor, at)
        left[intent] -= share
        rest -= share
        rows.append(row)
    return rows


def _emit(row: ProviderRefund, topic: str, actor: Actor, at: datetime) -> None:
    told = {"reference": row.intent.reference, "amount": row.amount, "problem": row.problem}
    event = OutboxEvent.emit(topic, refund=str(row.pk), intent=str(row.intent_id), **told)
    AuditEntry.record(topic, row, actor=actor, at=at, **told)
    if topic == "refund.asked":
        row.event_id = event.pk
        row.save(update_fields=["event_id"])


def give_back(refund_id: UUID) -> None:
    """In a worker's transaction. A worker that dies after asking asks again, under the same key.

    Raises ProviderDown: the worker tries again.
    """
    row = ProviderRefund.objects.select_related("intent__account").get(pk=refund_id)
    if row.state != State.ASKED or row.provider_id:
        return
    assert row.intent.account is not None
    refusal, given = "", None
    try:
        # Without a lock: what the provider says of this payment meanwhile is heard.
        given = provider_of(row.intent.account).refund(row)
    except RefundRefused as refused:
        refusal = str(refused)
    at = timezone.now()
    intent, row = _locked(row)
    if row.state != State.ASKED:
        return
    if given is None:
        _fail(row, refusal, at)
        return
    row.provider_id = given.refund_id[:64]
    row.save(update_fields=["provider_id"])
    if given.is_done:
        _finish(row, intent, at)


@transaction.atomic
def ask_again(row: ProviderRefund, *, actor: Actor, at: datetime) -> ProviderRefund:
    """Raises RefundUnderWay unless it has failed, Forbidden."""
    intent, row = _locked(row)
    require(actor, Permission.APPROVE, intent.store_id)
    if row.state != State.FAILED or row.amount > intent.amount - _given_back(intent, State.ASKED, State.DONE):
        raise RefundUnderWay(_("The provider has given this back already, or is about to."))
    row.state, row.problem, row.provider_id, row.asked_at = State.ASKED, "", "", at
    row.times_asked += 1
    row.save(update_fields=["state", "problem", "provider_id", "asked_at", "times_asked"])
    _emit(row, "refund.asked", actor, at)
    return row


def hear_of_refund(notice: Notice, intent: PaymentIntent, *, at: datetime) -> str:
    """What the provider says has become of a refund; the intent is locked. Answers the notice's outcome.

    One that we have not asked for was made by hand on the provider's pages: it counts all the same.
    """
    row = _row_of(notice, intent)
    is_done = notice.state == PaymentIntent.State.REFUNDED
    if row is None and is_done:
        row = ProviderRefund(intent=intent, amount=notice.amount, asked_at=at)
    if row is None or row.state == State.DONE or (row.state == State.FAILED and not is_done):
        return "late"
    if notice.amount != row.amount:
        return "mismatch"
    row.provider_id = notice.refund_id[:64]
    if is_done:
        _finish(row, intent, at)
    else:
        _fail(row, _("The provider could not give this back."), at)
    return "taken"


def _row_of(notice: Notice, intent: PaymentIntent) -> ProviderRefund | None:
    """By the provider's id, or by ours where its answer to us was lost."""
    rows = ProviderRefund.objects.select_for_update(of=("self",)).filter(intent=intent)
    found = rows.filter(provider_id=notice.refund_id).first()
    ours = as_uuid(notice.refund_key)
    return found or (rows.filter(pk=ours).first() if ours else None)


def _finish(row: ProviderRefund, intent: PaymentIntent, at: datetime) -> None:
    """The intent is given back once all of it is, and not with the first part."""
    row.intent, row.state, row.problem, row.done_at = intent, State.DONE, "", at
    row.save()
    if intent.state == PaymentIntent.State.PAID and _given_back(intent, State.DONE) >= intent.amount:
        intent.state = PaymentIntent.State.REFUNDED
        intent.save(update_fields=["state"])
    _emit(row, "refund.done", Actor.system(row.org_id), at)


def _fail(row: ProviderRefund, sentence: str, at: datetime) -> None:
    row.state, row.problem = State.FAILED, sentence[:300]
    row.save(update_fields=["state", "problem", "provider_id"])
    _emit(row, "refund.failed", Actor.system(row.org_id), at)


def _locked(row: ProviderRefund) -> tuple[PaymentIntent, ProviderRefund]:
    """The intent before its refunds, as a notice locks them."""
    intent = PaymentIntent.objects.select_for_update(of=("self",)).get(pk=row.intent_id)
    locked = ProviderRefund.objects.select_for_update(of=("self",)).get(pk=row.pk)
    locked.intent = intent
    return intent, locked


def _given_back(intent: PaymentIntent, *states: str) -> Decimal:
    rows = ProviderRefund.objects.filter(intent=intent, state__in=states)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO
