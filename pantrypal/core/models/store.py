"""One shop of an organization."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.business_time import business_date, fiscal_year, local_date
from pantrypal.core.models.organization import Organization, valid_gstin
from pantrypal.tenancy.context import require_org_id
from pantrypal.tenancy.ids import uuid7
from pantrypal.tenancy.models import CurrentOrg

# Codes go into document numbers, which must begin with a letter or 1-9 (NIC schema INV-01).
code_validator = RegexValidator(
    r"^[A-Z1-9][A-Z0-9]?$", _("One or two capital letters or figures, not beginning with 0.")
)


def valid_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Unknown time zone."), code="unknown_time_zone")


class StoreManager(models.Manager["Store"]):
    """Stores of the active organization, and of no other."""

    def get_queryset(self) -> models.QuerySet[Store]:
        return super().get_queryset().filter(org_id=CurrentOrg())


class Store(models.Model):
    class StockPolicy(models.TextChoices):
        BLOCK = "block", _("Refuse to sell what is not there")
        ALLOW = "allow", _("Sell, and raise an alert")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey(Organization, models.PROTECT, related_name="+", default=require_org_id, editable=False)
    code = models.CharField(
        _("code"), max_length=2, validators=[code_validator], help_text=_("Goes into the bill numbers.")
    )
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    state_code = models.CharField(_("state code"), max_length=2, blank=True)
    gstin = models.CharField("GSTIN", max_length=15, blank=True, validators=[valid_gstin], help_text=_("If its own."))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Kolkata", validators=[valid_time_zone])
    day_cutoff = models.TimeField(
        _("business day begins at"), default=time(0), help_text=_("Sales before this hour count for the day before.")
    )
    stock_policy = models.CharField(
        _("when stock runs out"), max_length=5, choices=StockPolicy.choices, default=StockPolicy.BLOCK
    )
    rounding_step = models.DecimalField(
        _("round bills to"), max_digits=6, decimal_places=2, default=Decimal("1.00"), help_text=_("0 for no rounding.")
    )
    receipt_header = models.TextField(_("receipt header"), blank=True)
    receipt_footer = models.TextField(_("receipt footer"), blank=True)
    receipt_language = models.CharField(
        _("language of receipts"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Also of invoices, and of mails and messages to customers."),
    )
    upi_id = models.CharField(_("UPI id"), max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StoreManager()

    class Meta:
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["org", "code"], name="core_store_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def own_gstin(self) -> str:
        return self.gstin or self.org.gstin

    def document_date(self, at: datetime) -> date:
        """The calendar day in the store: what a document bears and what tax rates go by."""
        return local_date(at, self.time_zone)

    def business_date(self, at: datetime) -> date:
        return business_date(at, self.time_zone, self.day_cutoff)

    def fiscal_year(self, at: datetime) -> int:
        return fiscal_year(self.document_date(at), self.org.fiscal_year_start)
