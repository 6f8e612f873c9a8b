"""What has happened and must be told outside the transaction."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from pantrypal.tenancy.models import OrgModel


class OutboxEvent(OrgModel):
    """An event, written in the transaction that caused it.

    The relay gives it its `position` once that transaction is over, so a reader who goes by position
    never meets an event that appears behind its back.
    """

    topic = models.CharField(max_length=60, help_text="Dotted name, such as bill.posted.")
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    position = models.BigIntegerField(null=True, editable=False)
    relayed_at = models.DateTimeField(null=True, editable=False)

    class Meta(OrgModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["org_id", "position"], name="journal_outbox_position"),
        ]
        indexes = [
            models.Index(
                fields=["org_id", "id"], condition=models.Q(position__isnull=True), name="journal_outbox_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @classmethod
    def emit(cls, topic: str, **payload: Any) -> OutboxEvent:
        return cls.objects.create(topic=topic, payload=payload)
