from pantrypal.journal.models.audit import AuditEntry
from pantrypal.journal.models.idempotency import IdempotencyKey
from pantrypal.journal.models.inbox import InboxEntry
from pantrypal.journal.models.outbox import OutboxEvent

__all__ = ["AuditEntry", "IdempotencyKey", "InboxEntry", "OutboxEvent"]
