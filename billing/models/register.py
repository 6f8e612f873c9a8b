"""A till as a fixture, with its drawer and printer."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.tenancy.models import OrgModel


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
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        constraints = [models.UniqueConstraint(fields=["org_id", "store_id", "code"], name="billing_register_code")]

    def __str__(self) -> str:
        return self.name
