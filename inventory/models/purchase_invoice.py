"""What a supplier asks us to pay, as the books of input tax need it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.goods_receipt import GoodsReceipt
from inventory.models.supplier import Supplier
from pantrypal.core.fields import MoneyField
from pantrypal.core.money import ZERO
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class PurchaseInvoice(OrgModel):
    """Figures as printed on the supplier's paper; GSTR-2B knows it by supplier, number and date.

    One number comes once from a supplier in a fiscal year (CGST Rule 46(b)).
    """

    store_id = models.UUIDField()
    supplier = OrgForeignKey(Supplier, verbose_name=_("supplier"))
    receipt = OrgForeignKey(GoodsReceipt, null=True, blank=True, verbose_name=_("goods receipt"))
    number = models.CharField(_("invoice number"), max_length=16)
    invoice_date = models.DateField(_("invoice date"))
    fiscal_year = models.PositiveSmallIntegerField(editable=False)
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    taxable = MoneyField(_("taxable value"))
    cgst = MoneyField("CGST", default=ZERO)
    sgst = MoneyField("SGST", default=ZERO)
    igst = MoneyField("IGST", default=ZERO)
    cess = MoneyField(_("cess"), default=ZERO)
    round_off = MoneyField(_("round off"), default=ZERO)
    total = MoneyField(_("total"))
    is_creditable = models.BooleanField(
        _("input tax can be credited"), default=True, help_text=_("Off for blocked credits, such as own use.")
    )
    noted_by = models.CharField(_("noted by"), max_length=254, editable=False)
    noted_at = models.DateTimeField(_("noted"), editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("purchase invoice")
        verbose_name_plural = _("purchase invoices")
        ordering = ["-invoice_date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "supplier", "fiscal_year", "number"], name="inventory_invoice_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    total=models.F("taxable")
                    + models.F("cgst")
                    + models.F("sgst")
                    + models.F("igst")
                    + models.F("cess")
                    + models.F("round_off")
                ),
                name="inventory_invoice_adds_up",
                violation_error_message=_("These amounts do not add up to the total."),
            ),
        ]
        indexes = [models.Index(fields=["org_id", "-invoice_date", "-id"], name="inventory_invoice_recent")]

    def __str__(self) -> str:
        return self.number
