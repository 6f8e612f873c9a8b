from pantrypal.journal.models.audit import AuditEntry
from pantrypal.journal.models.idempotency import IdempotencyKey
from pantrypal.journal.models.inbox import InboxEntry
from pantrypal.journal.models.outbox import OutboxEvent
from pantrypal.journal.models.webhook import Delivery, Webhook

__all__ = ["AuditEntry", "Delivery", "IdempotencyKey", "InboxEntry", "OutboxEvent", "Webhook"]
