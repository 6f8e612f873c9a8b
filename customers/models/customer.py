"""A person or firm that buys."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.models.organization import valid_gstin
from pantrypal.tenancy.models import OrgModel


class Customer(OrgModel):
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, help_text=_("With country code: +919812345678."))
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address"), blank=True)
    state_code = models.CharField(_("state code"), max_length=2, blank=True)
    gstin = models.CharField("GSTIN", max_length=15, blank=True, validators=[valid_gstin])
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "phone"], condition=~models.Q(phone=""), name="customers_customer_phone"
            )
        ]
        indexes = [models.Index(fields=["org_id", "-created_at", "-id"], name="customers_customer_recent")]

    def __str__(self) -> str:
        return self.name or self.phone or str(_("erased") if self.erased_at else _("customer"))
