"""Money that goes back to the buyer through the payment provider it came by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.credit_note import Refund
from billing.models.intent import PaymentIntent
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ProviderRefund(OrgModel):
    """How far the provider is with a refund, or with a part of one where the bill was paid by several payments.

    Its id is the idempotency key at the provider. Without `refund` somebody has given the money back on the
    provider's own pages. All of an intent that are not failed together never exceed what was paid.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        DONE = "done", _("given back")
        FAILED = "failed", _("failed")

    intent = OrgForeignKey(PaymentIntent, related_name="refunds", verbose_name=_("payment"))
    refund = OrgForeignKey(Refund, null=True, related_name="by_provider", verbose_name=_("refund"))
    amount = MoneyField(_("amount"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    provider_id = models.CharField(_("provider's refund"), max_length=64, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    times_asked = models.PositiveSmallIntegerField(_("times asked"), default=1, help_text=_("By people, not by us."))
    event_id = models.UUIDField(null=True, help_text=_("The event whose consumer asks the provider."))
    asked_at = models.DateTimeField(_("asked"))
    done_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("refund by the provider")
        verbose_name_plural = _("refunds by the provider")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "intent", "provider_id"],
                condition=~models.Q(provider_id=""),
                name="billing_providerrefund_once",
            ),
            models.UniqueConstraint(fields=["org_id", "refund", "intent"], name="billing_providerrefund_part"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_providerrefund_amount"),
        ]
        indexes = [models.Index(fields=["org_id", "intent"], name="billing_providerrefund_intent")]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_state_display()}"
