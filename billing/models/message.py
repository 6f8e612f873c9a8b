"""A bill on its way to whoever bought."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from billing.models.bill import Bill
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class BillMessage(OrgModel):
    """Asked for at the till, sent by a worker. `to` is blanked when the person is erased."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        WHATSAPP = "whatsapp", _("WhatsApp")

    bill = OrgForeignKey(Bill, related_name="messages", verbose_name=_("bill"))
    channel = models.CharField(pgettext_lazy("channel", "by"), max_length=10, choices=Channel.choices)
    to = models.CharField(pgettext_lazy("addressee", "to"), max_length=254, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=254)
    asked_at = models.DateTimeField(_("asked"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("sent bill")
        verbose_name_plural = _("sent bills")
        indexes = [models.Index(fields=["org_id", "bill"], name="billing_message_bill")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.to}"
