"""What an organization has decided about its tills: limits, and the reasons that are offered."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.access import DISCOUNT_LIMIT
from pantrypal.tenancy.models import OrgModel

HUNDRED = 100
MOST_DAYS = 90
PERCENT = [MaxValueValidator(HUNDRED)]


class TillRules(OrgModel):
    """One row for each organization that has changed something; without one the defaults hold."""

    cashier_discount_limit = models.PositiveSmallIntegerField(
        _("discount by a cashier, up to %"), default=DISCOUNT_LIMIT, validators=PERCENT
    )
    manager_discount_limit = models.PositiveSmallIntegerField(
        _("discount by a manager, up to %"),
        default=HUNDRED,
        validators=PERCENT,
        help_text=_("Above it the owner must say yes."),
    )
    integration_discount_limit = models.PositiveSmallIntegerField(
        _("discount by an integration, up to %"), default=DISCOUNT_LIMIT, validators=PERCENT
    )
    held_cart_days = models.PositiveSmallIntegerField(
        _("days that a held cart is kept"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("After them it is dropped by itself."),
    )
    refunds_without_bill_in_money = models.BooleanField(
        _("money back without the bill"),
        default=False,
        help_text=_("Otherwise goods that come back without their bill give store credit only."),
    )

    class Meta(OrgModel.Meta):
        verbose_name = _("rules of the tills")
        verbose_name_plural = _("rules of the tills")
        constraints = [models.UniqueConstraint(fields=["org_id"], name="billing_tillrules_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ReasonUse(models.TextChoices):
    DISCOUNT = "discount", _("Discount")
    RETURN = "return", _("Return")
    VOID = "void", _("Void of a bill")
    CASH = "cash", _("Cash in and out")
    DRAWER = "drawer", _("Drawer opened without a sale")


def use_choices() -> list[tuple[str, str]]:
    return [(use.value, str(use.label)) for use in ReasonUse]


class Reason(OrgModel):
    """A reason that a till offers. Documents keep its code and its text as they were."""

    use = models.CharField(_("for"), max_length=10, choices=use_choices)
    code = models.CharField(
        _("code"), max_length=20, validators=[RegexValidator(r"^[a-z0-9_]+$", _("Small letters, figures and _ only."))]
    )
    text = models.CharField(_("reason"), max_length=80)
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        constraints = [models.UniqueConstraint(fields=["org_id", "use", "code"], name="billing_reason_code")]

    def __str__(self) -> str:
        return self.text
