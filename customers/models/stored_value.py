"""What the shop owes the bearer of a code: store credit, and gift cards."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

CODE_LENGTH = 12


def hash_of(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").strip().upper().encode()).hexdigest()


class StoredValue(OrgModel):
    """The balance is the sum of the entries and never below zero, also in a race (customers/sql/move_value.sql).

    The code is not kept: it is made from the id and the installation's secret, so it can be printed again,
    and found by its hash.
    """

    class Kind(models.TextChoices):
        STORE_CREDIT = "store_credit", _("Store credit")
        GIFT_CARD = "gift_card", _("Gift card")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    customer = OrgForeignKey(Customer, null=True, blank=True, verbose_name=_("customer"))
    code_hash = models.CharField(max_length=64, editable=False)
    balance = MoneyField(_("balance"), default=0)
    issued_at = models.DateTimeField(_("issued"))
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("stored value")
        verbose_name_plural = _("stored values")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "code_hash"], name="customers_storedvalue_code"),
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="customers_storedvalue_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["org_id", "customer"],
                condition=models.Q(customer__isnull=False),
                name="customers_storedvalue_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} …{self.code[-4:]}"

    @property
    def code(self) -> str:
        """What the bearer shows: 12 letters and figures in groups of four."""
        message = f"stored-value:{self.org_id}:{self.pk}".encode()
        digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
        text = base64.b32encode(digest).decode()[:CODE_LENGTH]
        return "-".join(text[i : i + 4] for i in range(0, CODE_LENGTH, 4))


class StoredValueEntry(OrgModel):
    """One signed entry of the ledger. Rows are added, never changed (trigger)."""

    account = OrgForeignKey(StoredValue, related_name="entries")
    amount = MoneyField(_("amount"))
    document_type = models.CharField(max_length=20)
    document_id = models.UUIDField()
    actor = models.CharField(_("who"), max_length=254)
    at = models.DateTimeField(_("when"))

    class Meta(OrgModel.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["org_id", "account"], name="customers_valueentry_account")]

    def __str__(self) -> str:
        return f"{self.amount:+}"
