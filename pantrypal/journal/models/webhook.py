"""Where an organization wants its events sent, and what has become of each."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.journal.models.outbox import OutboxEvent
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Webhook(OrgModel):
    """An address of an integrator. Deliveries are signed as the Standard Webhooks specification says.

    After a rotation both secrets sign until `old_secret_until`, so that the other side can change over.
    """

    url = models.CharField(_("address"), max_length=2000)
    description = models.CharField(_("description"), max_length=120, blank=True)
    topics = ArrayField(
        models.CharField(max_length=60), verbose_name=_("events"), default=list, blank=True, help_text=_("Empty: all.")
    )
    secret = models.CharField(max_length=80, editable=False)
    old_secret = models.CharField(max_length=80, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.description or self.url

    @staticmethod
    def new_secret() -> str:
        return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()

    def secrets_at(self, at: datetime) -> list[str]:
        """The newest first."""
        is_old_valid = self.old_secret_until is not None and at < self.old_secret_until
        return [self.secret, self.old_secret] if is_old_valid else [self.secret]


class Delivery(OrgModel):
    """One event for one webhook; made by the relay together with the event's position."""

    webhook = OrgForeignKey(Webhook, on_delete=models.CASCADE, verbose_name=_("webhook"))
    event = OrgForeignKey(OutboxEvent, on_delete=models.CASCADE, verbose_name=_("event"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("tried again"))
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    given_up_at = models.DateTimeField(_("given up"), null=True)
    status = models.PositiveSmallIntegerField(_("last answer"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "webhook", "event"], name="journal_delivery_once"),
        ]
        indexes = [
            models.Index(fields=["org_id", "webhook", "id"], name="journal_delivery_webhook"),
            models.Index(
                fields=["org_id", "next_at"],
                condition=models.Q(delivered_at__isnull=True, given_up_at__isnull=True),
                name="journal_delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.webhook_id}"

    @property
    def state(self) -> str:
        if self.delivered_at:
            return "delivered"
        return "given_up" if self.given_up_at else "waiting"
