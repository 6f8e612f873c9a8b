"""The device that stands at a register."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class RegisterDevice(OrgModel):
    """Paired once by a manager; only there does a PIN count. One at a time (constraint).

    Wrong PINs are counted here, in the database, so that an emptied cache forgives nothing.
    """

    register = OrgForeignKey(Register)
    token_hash = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=80)
    paired_by = models.CharField(_("paired by"), max_length=254)
    paired_at = models.DateTimeField(_("paired"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("paired device")
        verbose_name_plural = _("paired devices")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "token_hash"], name="billing_device_token"),
            models.UniqueConstraint(
                fields=["org_id", "register"],
                condition=models.Q(revoked_at__isnull=True),
                name="billing_device_one_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name
