"""How the labels of a shop's scales are to be read."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.scan import Carries, LabelLayout
from catalog.scan.labels import PREFIXES
from pantrypal.tenancy.models import OrgModel


def prefixes() -> list[tuple[str, str]]:
    return [(prefix, prefix) for prefix in PREFIXES]


class ScaleLabel(OrgModel):
    """The figures of the EAN-13 with one prefix: item, perhaps a check digit over the value, value."""

    class Content(models.TextChoices):
        WEIGHT = Carries.WEIGHT, _("weight in kg")
        PRICE = Carries.PRICE, _("price")
        COUNT = Carries.COUNT, _("number of pieces")

    prefix = models.CharField(
        _("begins with"), max_length=2, choices=prefixes, help_text=_("The first two figures on the label.")
    )
    carries = models.CharField(_("carries"), max_length=6, choices=Content.choices, default=Content.WEIGHT)
    item_digits = models.PositiveSmallIntegerField(
        _("figures of the item"), default=5, help_text=_("They name the product: its PLU.")
    )
    inner_check = models.BooleanField(
        _("check digit before the value"), default=False, help_text=_("For values of 4 or 5 figures.")
    )
    value_digits = models.PositiveSmallIntegerField(
        _("figures of the value"), default=5, help_text=_("Item, check digit and value are ten figures together.")
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals of the value"), default=3, help_text=_("3 for grams in a weight, 2 for paise in a price.")
    )

    class Meta(OrgModel.Meta):
        verbose_name = _("scale label")
        verbose_name_plural = _("scale labels")
        ordering = ["prefix"]
        constraints = [models.UniqueConstraint(fields=["org_id", "prefix"], name="catalog_scalelabel_prefix")]

    def __str__(self) -> str:
        return self.prefix

    def clean(self) -> None:
        if not self.layout().is_sound:
            raise ValidationError(
                _("Item, check digit and value must be ten figures together, and the decimals a part of the value.")
            )

    def layout(self) -> LabelLayout:
        return LabelLayout(
            self.prefix, Carries(self.carries), self.item_digits, self.value_digits, self.decimals, self.inner_check
        )
