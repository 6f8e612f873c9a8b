"""A till as a fixture, with its drawer and printer."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.tenancy.models import OrgModel

PAPERS = {80: "80 mm", 58: "58 mm"}
# Code pages of receipt printers by Python's names for them: what letters they can print by themselves.
CODE_PAGES = {"cp437": "PC437 (USA)", "cp850": "PC850", "cp858": "PC858 (€)", "cp1252": "WPC1252"}


def paper_choices() -> list[tuple[int, str]]:
    return list(PAPERS.items())


def code_page_choices() -> list[tuple[str, str]]:
    return list(CODE_PAGES.items())


class Register(OrgModel):
    class Kind(models.TextChoices):
        TILL = "till", _("Till")
        API = "api", _("Integration")

    store_id = models.UUIDField()
    code = models.CharField(
        _("code"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z0-9]{1,2}$", _("One or two capital letters or figures."))],
        help_text=_("Goes into the bill numbers."),
    )
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(
        _("kind"),
        max_length=4,
        choices=Kind.choices,
        default=Kind.TILL,
        help_text=_("The shift of an integration opens by itself each business day."),
    )
    paper = models.PositiveSmallIntegerField(_("paper"), choices=paper_choices, default=80)
    code_page = models.CharField(
        _("printer's letters"),
        max_length=8,
        choices=code_page_choices,
        default="cp437",
        help_text=_("Whatever this code page lacks is printed as a picture."),
    )
    opens_drawer = models.BooleanField(
        _("opens the drawer"), default=True, help_text=_("The drawer hangs on the receipt printer.")
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        constraints = [models.UniqueConstraint(fields=["org_id", "store_id", "code"], name="billing_register_code")]

    def __str__(self) -> str:
        return self.name
