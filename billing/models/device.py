"""The device that stands at a register, and the PINs that were typed wrong on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

ANYBODY = 0
WINDOW = timedelta(hours=1)
LOCKED_FOR = timedelta(minutes=15)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class RegisterDevice(OrgModel):
    """Paired once by a manager; only there does a PIN count. One at a time (constraint).

    The device holds a token in a cookie, we its SHA-256: 256 random bits need no slow hash.
    """

    register = OrgForeignKey(Register, verbose_name=_("register"))
    token_hash = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=80)
    paired_by = models.CharField(_("paired by"), max_length=254)
    paired_at = models.DateTimeField(_("paired"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

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


class WrongPins(OrgModel):
    """Wrong PINs on a device, of one person and (`member_id` ANYBODY) of all together, within the hour.

    Counted in the database, so that an emptied cache forgives nothing.
    """

    device = OrgForeignKey(RegisterDevice)
    member_id = models.BigIntegerField(default=ANYBODY)
    count = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "device", "member_id"], name="billing_wrongpins_once")]

    def __str__(self) -> str:
        return f"{self.count} wrong since {self.since}"

    def is_locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until

    def count_one(self, at: datetime, *, most: int) -> bool:
        """One more; True where it is the one that locks."""
        if at - self.since > WINDOW:
            self.count, self.since = 0, at
        self.count += 1
        if self.count < most:
            return False
        self.count, self.since, self.locked_until = 0, at, at + LOCKED_FOR
        return True
