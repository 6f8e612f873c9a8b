"""What billing does outside the transaction that caused it."""

from __future__ import annotations

from uuid import UUID

from celery import current_app, shared_task
from django.utils import timezone

from billing.operations.held_carts import drop_expired_carts
from billing.operations.notices import (
    tell_of_clone,
    tell_of_failed_refund,
    tell_of_refused_sale,
    tell_of_wrong_pins,
)
from billing.operations.pdfs import store_bill_pdf
from billing.operations.persons import print_bills_anew
from billing.operations.provider_refunds import give_back
from billing.operations.recalls import ask_for_letters, send_letter
from billing.operations.sending import deliver
from pantrypal.core.models import Organization
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent


@shared_task(name="billing.look_at_held_carts")
def look_at_held_carts() -> None:
    """From the beat: a task for each organization. A lost one is made up for by the next."""
    for org in Organization.objects.filter(route__state="active").values_list("pk", flat=True):
        current_app.send_task("billing.drop_expired_carts", headers={"org_id": str(org)}, queue="bills")


@shared_task(name="billing.drop_expired_carts")
def drop_expired() -> None:
    """In one organization."""
    drop_expired_carts(at=timezone.now())


@consumer("bill.posted", queue="bills")
def render_bill_pdf(event: OutboxEvent) -> None:
    store_bill_pdf(UUID(event.payload["bill"]))


@consumer("bill.send", queue="bills")
def send_bill(event: OutboxEvent) -> None:
    deliver(UUID(event.payload["message"]))


@consumer("refund.asked", queue="bills")
def ask_provider_for_refund(event: OutboxEvent) -> None:
    give_back(UUID(event.payload["refund"]))


@consumer("refund.failed", queue="notify")
def tell_owners_of_failed_refund(event: OutboxEvent) -> None:
    tell_of_failed_refund(UUID(event.payload["refund"]), event.pk)


@consumer("pin.locked", queue="notify")
def tell_owners_of_wrong_pins(event: OutboxEvent) -> None:
    tell_of_wrong_pins(UUID(event.payload["device"]), event.pk)


@consumer("device.cloned", queue="notify")
def tell_owners_of_clone(event: OutboxEvent) -> None:
    tell_of_clone(UUID(event.payload["device"]), event.payload["number"], event.pk)


@consumer("offline.refused", queue="notify")
def tell_owners_of_refused_sale(event: OutboxEvent) -> None:
    tell_of_refused_sale(UUID(event.payload["device"]), event.payload["sentence"], event.pk)


@consumer("customer.erased", queue="bills")
def print_bills_without_the_person(event: OutboxEvent) -> None:
    print_bills_anew(UUID(event.payload["customer"]))


@consumer("recall.started", queue="notify")
def ask_for_recall_letters(event: OutboxEvent) -> None:
    ask_for_letters(UUID(event.payload["recall"]))


@consumer("recall.letter_due", queue="notify")
def send_recall_letter(event: OutboxEvent) -> None:
    send_letter(UUID(event.payload["recall"]), UUID(event.payload["bill"]), event_id=event.pk)
