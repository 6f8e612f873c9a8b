"""One retailer: the tenant."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.gstin import is_gstin
from pantrypal.core.models.plan import Plan
from pantrypal.core.money import currency_places

# First path segments that are the installation's own.
RESERVED_SLUGS = frozenset(
    {"accounts", "api", "b", "livez", "media", "metrics", "platform", "readyz", "static", "signup", "s"}
)


def not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is taken by PantryPal itself."), code="reserved_slug")


def valid_gstin(text: str) -> None:
    if text and not is_gstin(text):
        raise ValidationError(_("This is not a valid GSTIN: please check each character."), code="invalid_gstin")


class Organization(models.Model):
    class TaxRegime(models.TextChoices):
        GST_IN = "gst_in", _("GST (India)")
        VAT = "vat", _("One tax (VAT, sales tax)")

    class Status(models.TextChoices):
        TRIALING = "trialing", _("On trial")
        ACTIVE = "active", _("Active")
        PAST_DUE = "past_due", _("Payment overdue")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=40, unique=True, validators=[not_reserved])
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    country = models.CharField(
        _("country"), max_length=2, default="IN", validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters."))]
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="INR",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    gstin = models.CharField("GSTIN", max_length=15, blank=True, validators=[valid_gstin])
    state_code = models.CharField(_("state code"), max_length=2, blank=True)
    address = models.TextField(_("address"), blank=True)
    tax_regime = models.CharField(max_length=10, choices=TaxRegime.choices, default=TaxRegime.GST_IN)
    prices_include_tax = models.BooleanField(_("prices include tax"), default=True)
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TRIALING)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> int:
        """Decimal places of its money."""
        return currency_places(self.currency)

    @property
    def has_mrp_ceiling(self) -> bool:
        """Nothing may be sold above its printed MRP (Legal Metrology Rules 18(2))."""
        return self.country == "IN"
