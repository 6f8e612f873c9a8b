"""What a store's stock asks somebody to do."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from inventory.models.transfer import Transfer
from pantrypal.core.fields import QuantityField
from pantrypal.core.templatetags.pantrypal import day, quantity
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgManager, OrgModel, OrgQuerySet


class AlertKind(models.TextChoices):
    OVERSOLD = "oversold", _("Oversold")
    EXPIRED = "expired", _("Expired")
    OUT = "out", _("Out of stock")
    LOW = "low", _("Low stock")
    NEAR_EXPIRY = "near_expiry", _("Near expiry")
    ABOVE_MRP = "above_mrp", _("Price above MRP")
    STUCK_TRANSFER = "stuck_transfer", _("Transfer not received")


class AlertQuerySet(OrgQuerySet["Alert"]):
    def open(self) -> AlertQuerySet:
        """The cause is still there."""
        return self.filter(closed_at=None)

    def awake(self, at: object) -> AlertQuerySet:
        """Open, and nobody has put it off beyond this moment."""
        return self.open().filter(models.Q(snoozed_until=None) | models.Q(snoozed_until__lte=at))


AlertManager = OrgManager.from_queryset(AlertQuerySet)


class Alert(OrgModel):
    """Raised once for each cause, and closed when the cause is gone; the same cause later raises another one.

    `stage` is the number of days of a near-expiry alert, so that 30, 15 and 7 days each speak once.
    """

    store_id = models.UUIDField()
    kind = models.CharField(_("what"), max_length=14, choices=AlertKind.choices)
    product = OrgForeignKey(Product, null=True, blank=True, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    transfer = OrgForeignKey(Transfer, null=True, blank=True, verbose_name=_("transfer"))
    stage = models.PositiveSmallIntegerField(default=0)
    figure = QuantityField(_("figure then"), help_text=_("On hand when it was raised; of a transfer, its days."))
    raised_at = models.DateTimeField(_("since"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    snoozed_until = models.DateTimeField(_("put off until"), null=True, blank=True)

    objects: ClassVar[AlertManager[Alert]] = AlertManager()

    class Meta(OrgModel.Meta):
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "store_id", "kind", "product", "lot", "transfer", "stage"],
                condition=models.Q(closed_at=None),
                nulls_distinct=False,
                name="inventory_alert_once",
            )
        ]
        indexes = [models.Index(fields=["org_id", "store_id", "-raised_at"], name="inventory_alert_recent")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

    @property
    def key(self) -> tuple[str, Any, Any, Any, int]:
        """Two alerts with the same key speak of the same cause."""
        return self.kind, self.product_id, self.lot_id, self.transfer_id, self.stage

    @property
    def about(self) -> str:
        """What it is about: a product, or a transfer."""
        return str(self.product or self.transfer)

    @property
    def sentence(self) -> str:
        """What is wrong, as one would say it across the shop."""
        named = {"product": self.about, "left": quantity(self.figure), "lot": str(self.lot or "")}
        named["date"] = day(self.lot.expires_on) if self.lot else ""
        said = {
            AlertKind.OVERSOLD: _now("%(product)s: %(left)s by the books. Please count it."),
            AlertKind.EXPIRED: _now("%(product)s, lot %(lot)s: %(left)s expired on %(date)s. Take them off the shelf."),
            AlertKind.OUT: _now("%(product)s: none left."),
            AlertKind.LOW: _now("%(product)s: only %(left)s left."),
            AlertKind.NEAR_EXPIRY: _now("%(product)s, lot %(lot)s: %(left)s expire on %(date)s."),
            AlertKind.ABOVE_MRP: _now("%(product)s: the price is above the MRP printed on it."),
            AlertKind.STUCK_TRANSFER: _now("%(product)s was sent %(left)s days ago and has not come. Where is it?"),
        }
        return said[AlertKind(self.kind)] % named


def known_days(days: object) -> None:
    is_sound = isinstance(days, list) and all(type(some) is int and 0 < some <= 365 for some in days)
    if not is_sound or len(set(days)) != len(days) or len(days) > 5:  # type: ignore[call-overload, arg-type]
        raise ValidationError(_("Up to five different numbers of days, such as 30, 15, 7."))


def known_kinds(kinds: object) -> None:
    if not isinstance(kinds, list) or not set(kinds) <= set(AlertKind.values):
        raise ValidationError(_("There is no such kind of alert."))


def usual_days() -> list[int]:
    return [30, 15, 7]


class AlertSettings(OrgModel):
    """What a store wants to hear, and when. Without a row: the defaults."""

    store_id = models.UUIDField()
    near_expiry_days = models.JSONField(
        _("near expiry, days before"), default=usual_days, validators=[known_days], blank=True
    )
    shelf_life_times = models.PositiveSmallIntegerField(
        _("only for goods that last so many times as long"),
        default=2,
        db_default=2,
        validators=[MaxValueValidator(20)],
        help_text=_(
            "With 2, you are warned 30 days before of goods that last 60 days or longer, and not of bread every day"
            " anew. With 0, of all goods."
        ),
    )
    transfer_days = models.PositiveSmallIntegerField(
        _("transfers, days after sending"), default=3, help_text=_("On its way for so long: where is it?")
    )
    immediate = models.JSONField(
        _("tell at once"),
        default=list,
        validators=[known_kinds],
        blank=True,
        help_text=_("By e-mail, when it happens."),
    )
    has_digest = models.BooleanField(_("morning e-mail"), default=True)
    digest_at = models.TimeField(_("at"), default=time(7))

    class Meta(OrgModel.Meta):
        verbose_name = _("alert settings")
        verbose_name_plural = _("alert settings")
        constraints = [models.UniqueConstraint(fields=["org_id", "store_id"], name="inventory_alertsettings_store")]

    def __str__(self) -> str:
        return str(_("Alert settings"))


class AlertDigest(OrgModel):
    """One morning of one store: the row that makes two beats send one e-mail."""

    store_id = models.UUIDField()
    morning = models.DateField()
    made_at = models.DateTimeField()
    sent_to = models.JSONField(default=list)

    class Meta(OrgModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["org_id", "store_id", "morning"], name="inventory_alertdigest_morning")
        ]

    def __str__(self) -> str:
        return str(self.morning)
