"""A manager's yes to something a cashier may not decide alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ApprovalKind(models.TextChoices):
    DISCOUNT = "discount", _("Discount over the limit")
    PRICE_CHANGE = "price_change", _("Price change")
    VOID = "void", _("Void of a bill")
    RETURN_WITHOUT_BILL = "return_no_bill", _("Return without a bill")
    DRAWER_OPEN = "drawer_open", _("Drawer opened without a sale")
    OVERSELL = "oversell", _("Sale of more than is there")


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in ApprovalKind]


class Approval(OrgModel):
    """Kept for good (trigger). `used_by` of the document that relied on it is found from that document."""

    kind = models.CharField(_("what"), max_length=16, choices=kind_choices)
    store_id = models.UUIDField()
    register = OrgForeignKey(Register, null=True, verbose_name=_("register"))
    asked_by = models.CharField(_("asked by"), max_length=254)
    approved_by = models.CharField(_("approved by"), max_length=254)
    approved_by_id = models.CharField(max_length=40)
    approver_role = models.CharField(max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    reason_code = models.CharField(max_length=20, blank=True)
    amount = MoneyField(_("amount"), null=True)
    subject_id = models.UUIDField(null=True, help_text=_("The cart, bill or credit note it was given for."))
    at = models.DateTimeField(_("when"))

    class Meta(OrgModel.Meta):
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = [models.Index(fields=["org_id", "subject_id"], name="billing_approval_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"
