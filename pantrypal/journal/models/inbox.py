"""What each consumer still has to do about an event, and what it has done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.journal.models.outbox import OutboxEvent
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class InboxEntry(OrgModel):
    """One event for one consumer: the truth behind a Celery message, which is only a hint.

    Made by the relay together with the event's position. The consumer marks it done in the
    transaction of its effect, so the effect happens once however often the message arrives.
    """

    event = OrgForeignKey(OutboxEvent, on_delete=models.CASCADE)
    consumer = models.CharField(_("work"), max_length=80)
    deliveries = models.PositiveSmallIntegerField(_("begun"), default=0, help_text="How often the work was begun.")
    failures = models.PositiveSmallIntegerField(_("failed"), default=0, help_text="How often it ended in an error.")
    next_at = models.DateTimeField(_("tried again"), help_text="When the relay sends the message again.")
    done_at = models.DateTimeField(_("done"), null=True)
    parked_at = models.DateTimeField(
        _("given up"), null=True, help_text="Given up after too many tries; can be replayed."
    )
    error = models.TextField(_("error"), blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "event", "consumer"], name="journal_inbox_once"),
        ]
        indexes = [
            models.Index(
                fields=["org_id", "next_at"],
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
                name="journal_inbox_due",
            ),
            models.Index(
                fields=["org_id", "id"], condition=models.Q(parked_at__isnull=False), name="journal_inbox_parked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} of {self.event_id}"

    @property
    def deaths(self) -> int:
        """How often the work was begun and neither finished nor failed: the worker died."""
        return self.deliveries - self.failures
