"""Payments that a buyer is asked for: shown as a code, confirmed by the provider, spent on one sale."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import PaymentAccount, PaymentIntent, PaymentNotice, Register
from billing.models.intent import OWN_REFERENCE
from billing.models.payment import Method
from billing.operations.provider_refunds import hear_of_refund
from billing.operations.shifts import amount_of_cash
from billing.providers import provider_of
from billing.providers.interface import Asked, Notice, ProviderDown
from billing.refusals import PaymentNotConfirmed
from billing.sale import Sale
from billing.tenders import Settled
from billing.upi import upi_link
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Store
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

State = PaymentIntent.State
ASKABLE = (Method.UPI, Method.CARD)
# What may follow what: a late failure takes nothing back, and what was given back stays given back.
RANK = {State.WAITING: 0, State.FAILED: 1, State.PAID: 2, State.REFUNDED: 3}


class ProviderUnavailable(DomainError):
    """The payment provider does not answer. Another way to pay helps."""

    code = "provider_unavailable"
    status = 503


class UnknownPayment(DomainError):
    code = "unknown_payment"
    status = 404


@transaction.atomic
def ask_for_payment(
    *, store: Store, register: Register, subject: UUID, method: str, amount: Decimal, actor: Actor, at: datetime
) -> PaymentIntent:
    """What the buyer scans, for the sale with the id `subject`. The same question again gives the same answer.

    Through the organization's payment account; without one, to the store's own UPI id. Raises Invalid,
    ProviderUnavailable.
    """
    require(actor, Permission.SELL, store.pk)
    amount = amount_of_cash(amount, "amount", store.org.places)
    if method not in ASKABLE or not amount:
        raise Invalid(_("Ask for an amount above zero by UPI or card."), {"amount": [_("Above zero.")]})
    asked = {"subject_id": subject, "method": method, "amount": amount}
    if known := PaymentIntent.objects.filter(**asked, state__in=(State.WAITING, State.PAID)).first():
        return known
    account = PaymentAccount.objects.filter(is_active=True).first()
    intent = PaymentIntent(
        **asked,
        store_id=store.pk,
        register=register,
        account=account,
        currency=store.org.currency,
        reference=f"{OWN_REFERENCE}{secrets.token_hex(10).upper()}",
        created_at=at,
    )
    answer = _asked_by(intent, account, store)
    intent.provider_id, intent.link = answer.provider_id[:64], answer.link[:500]
    intent.save()
    AuditEntry.record("payment.asked", intent, actor=actor, at=at, amount=amount, method=method)
    return intent


def _asked_by(intent: PaymentIntent, account: PaymentAccount | None, store: Store) -> Asked:
    shown_as = store.org.name
    if account is not None:
        try:
            return provider_of(account).ask(intent, shown_as=shown_as)
        except ProviderDown as problem:
            sentence = _("The payment provider does not answer. Please take another payment.")
            raise ProviderUnavailable(sentence) from problem
    if intent.method != Method.UPI or not store.upi_id:
        raise Invalid(_("The store has neither a payment account nor a UPI id."), {"method": [_("Not set up.")]})
    link = upi_link(payee=store.upi_id, name=shown_as, amount=intent.amount, reference=intent.reference)
    return Asked("", link)


@transaction.atomic
def take_notice(notice: Notice, *, account: PaymentAccount, at: datetime) -> PaymentNotice:
    """What the provider says becomes the state of the payment: once, in the right order, for the right amount.

    Told twice, the first is kept. Another amount or currency than was asked for confirms nothing, and the owner hears
    of it. Raises UnknownPayment.
    """
    intent = _intent_of(notice, account)
    if known := PaymentNotice.objects.filter(event_id=notice.event_id).first():
        return known
    outcome = hear_of_refund(notice, intent, at=at) if notice.refund_id else _hear(notice, intent, at)
    row = PaymentNotice.objects.create(
        intent=intent,
        event_id=notice.event_id,
        state=notice.state,
        amount=notice.amount,
        payment_id=notice.payment_id,
        outcome=outcome,
        at=at,
    )
    told = {"reference": intent.reference, "state": notice.state, "amount": notice.amount, "payment": notice.payment_id}
    if outcome == "taken":
        OutboxEvent.emit(f"payment.{notice.state}", intent=str(intent.pk), **told)
    elif outcome == "mismatch":
        OutboxEvent.emit("payment.mismatch", intent=str(intent.pk), asked=intent.amount, **told)
    system = Actor.system(intent.org_id)
    AuditEntry.record(f"payment.{notice.state}", intent, actor=system, at=at, outcome=outcome, **told)
    return row


def _hear(notice: Notice, intent: PaymentIntent, at: datetime) -> str:
    outcome = _outcome(intent, notice)
    if outcome == "taken":
        intent.state, intent.payment_id = notice.state, notice.payment_id
        intent.paid_at = at if notice.state == State.PAID else intent.paid_at
        intent.save(update_fields=["state", "payment_id", "paid_at"])
    return outcome


def _intent_of(notice: Notice, account: PaymentAccount) -> PaymentIntent:
    """Locked, so that two notices of one payment come one after the other."""
    intents = PaymentIntent.objects.select_for_update().filter(account=account)
    found = intents.filter(reference=notice.reference).first() if notice.reference else None
    if found is None and notice.provider_id:
        found = intents.filter(provider_id=notice.provider_id).first()
    if found is None:
        raise UnknownPayment(_("We have asked for no such payment."))
    return found


def _outcome(intent: PaymentIntent, notice: Notice) -> str:
    """`late` where the payment is past that already."""
    if RANK[State(notice.state)] <= RANK[State(intent.state)] and intent.state != State.WAITING:
        return "late"
    is_same = (notice.amount, notice.currency) == (intent.amount, intent.currency)
    if notice.state == State.PAID and not is_same:
        return "mismatch"
    return "taken"


def require_confirmed(payments: Sequence[Settled], sale: Sale) -> None:
    """A payment that names a reference of ours was confirmed, for this sale and amount. Raises PaymentNotConfirmed.

    Without an account nobody can confirm: the cashier has seen it on the buyer's phone.
    """
    ours = {payment.reference: payment for payment in payments if payment.reference.startswith(OWN_REFERENCE)}
    if not ours or sale.occurred_at is not None:
        return
    intents = {intent.reference: intent for intent in PaymentIntent.objects.filter(reference__in=ours)}
    for reference, payment in ours.items():
        intent = intents.get(reference)
        if intent is None or (intent.subject_id, intent.amount) != (sale.id, payment.amount):
            raise PaymentNotConfirmed(_("Payment %s is not one of this sale.") % reference)
        if intent.account_id is not None and intent.state != State.PAID:
            raise PaymentNotConfirmed(_("Payment %s has not been confirmed yet.") % reference, state=intent.state)


@transaction.atomic
def save_payment_account(
    account: PaymentAccount, *, key: str, webhook_key: str, actor: Actor, at: datetime
) -> PaymentAccount:
    """A blank key leaves the one that is there. Raises Invalid."""
    require(actor, Permission.KEYS_EDIT)
    is_new = account._state.adding
    if is_new and not (key and webhook_key):
        raise Invalid(_("A new account needs both keys."), {"key": [_("A new account needs both keys.")]})
    account.set_keys(key or account.key, webhook_key or account.webhook_key)
    save_valid(account)
    AuditEntry.record("payment_account.saved", account, actor=actor, at=at, is_active=account.is_active)
    return account
