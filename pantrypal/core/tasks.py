"""What the organization's own matters cause outside their transaction."""

from __future__ import annotations

from pantrypal.core.operations.invitation_mail import send_invitation
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent


@consumer("member.invited", queue="notify")
def mail_invitation(event: OutboxEvent) -> None:
    send_invitation(event.payload["invitation"], event_id=event.pk)
