"""A payment that a buyer is asked for and that somebody else confirms: the bank or a payment provider."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.payment import method_choices
from billing.models.register import Register
from pantrypal.core.fields import MoneyField
from pantrypal.core.sealing import seal, unseal
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

OWN_REFERENCE = "PP"  # begins the references that we make; no bank's or terminal's does
REFUND_FAILED = "refund_failed"  # what a notice says of a refund, and no state of a payment


class PaymentAccount(OrgModel):
    """An organization's account with a payment provider. Its secrets are sealed."""

    class Provider(models.TextChoices):
        RAZORPAY = "razorpay", "Razorpay"

    provider = models.CharField(_("provider"), max_length=20, choices=Provider.choices, default=Provider.RAZORPAY)
    key_id = models.CharField(_("key id"), max_length=80)
    sealed_key = models.TextField(editable=False)
    sealed_webhook_key = models.TextField(editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("payment account")
        verbose_name_plural = _("payment accounts")
        constraints = [models.UniqueConstraint(fields=["org_id", "provider"], name="billing_paymentaccount_once")]

    def __str__(self) -> str:
        return f"{self.get_provider_display()} {self.key_id}"

    @property
    def key(self) -> str:
        return unseal(self.sealed_key)

    @property
    def webhook_key(self) -> str:
        return unseal(self.sealed_webhook_key)

    def set_keys(self, key: str, webhook_key: str) -> None:
        self.sealed_key, self.sealed_webhook_key = seal(key), seal(webhook_key)


class PaymentIntent(OrgModel):
    """`subject_id` is the cart's id, and so the bill's: an intent pays that sale and no other.

    Without an account it is the store's own UPI id that is paid: nobody but the cashier confirms it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FAILED = "failed", _("failed")
        PAID = "paid", _("paid")
        REFUNDED = "refunded", _("given back")

    store_id = models.UUIDField()
    register = OrgForeignKey(Register, verbose_name=_("register"))
    subject_id = models.UUIDField()
    account = OrgForeignKey(PaymentAccount, null=True, verbose_name=_("account"))
    method = models.CharField(_("method"), max_length=12, choices=method_choices)
    amount = MoneyField(_("amount"))
    currency = models.CharField(max_length=3)
    reference = models.CharField(_("reference"), max_length=35)
    provider_id = models.CharField(max_length=64, blank=True, help_text=_("Of the order or code at the provider."))
    link = models.CharField(max_length=500, blank=True, help_text=_("What the code that the buyer scans holds."))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    payment_id = models.CharField(_("provider's payment"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("asked"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("asked payment")
        verbose_name_plural = _("asked payments")
        constraints = [models.UniqueConstraint(fields=["org_id", "reference"], name="billing_intent_reference")]
        indexes = [models.Index(fields=["org_id", "subject_id"], name="billing_intent_subject")]

    def __str__(self) -> str:
        return self.reference


class PaymentNotice(OrgModel):
    """What a provider has told us, once for each of its events. Rows are added, never changed."""

    intent = OrgForeignKey(PaymentIntent, related_name="notices")
    event_id = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    amount = MoneyField()
    payment_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, help_text="taken, late, mismatch")
    at = models.DateTimeField()

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "event_id"], name="billing_notice_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.amount}"
