"""What the organization's own matters cause outside their transaction."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from pantrypal.core.operations.invitation_mail import send_invitation
from pantrypal.core.operations.webhook_sending import deliver
from pantrypal.journal.consumers import DELIVERY, consumer
from pantrypal.journal.models import OutboxEvent
from pantrypal.tenancy.celery import OrgTask


@consumer("member.invited", queue="notify")
def mail_invitation(event: OutboxEvent) -> None:
    send_invitation(event.payload["invitation"], event_id=event.pk)


@shared_task(name=DELIVERY, base=OrgTask, atomic=False)
def deliver_webhook(delivery_id: str) -> None:
    deliver(UUID(delivery_id))
