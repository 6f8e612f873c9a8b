"""The posted document that takes back all or part of a bill."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.approval import Approval
from billing.models.bill import Bill, BillLine
from billing.models.payment import method_choices
from billing.models.register import Register
from billing.models.seller import SellerSnapshot
from billing.models.series import DocumentSeries
from billing.models.shift import Shift
from catalog.models import Product
from customers.models import Customer, StoredValue
from pantrypal.core.fields import MoneyField, QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class CreditNote(OrgModel):
    """Written once, by billing/sql/post_credit_note.sql, and never changed (trigger).

    Its amounts are positive and are parts of the bill's own figures: all credit notes of a bill
    together never give back more than was paid. Without a bill (by approval) the prices are today's.
    """

    class Kind(models.TextChoices):
        RETURN = "return", _("Return")
        VOID = "void", _("Void")
        WITHOUT_BILL = "without_bill", _("Return without a bill")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    bill = OrgForeignKey(Bill, null=True, verbose_name=_("bill"), related_name="credit_notes")
    reason = models.CharField(_("reason"), max_length=200)
    reason_code = models.CharField(max_length=20, blank=True)
    approval = OrgForeignKey(Approval, null=True, verbose_name=_("approval"))
    store_id = models.UUIDField()
    register = OrgForeignKey(Register, verbose_name=_("register"))
    shift = OrgForeignKey(Shift)
    series = OrgForeignKey(DocumentSeries)
    number = models.CharField(_("number"), max_length=16)
    sequence = models.PositiveIntegerField()
    finalized_at = models.DateTimeField(_("time"))
    document_date = models.DateField(_("date"))
    business_date = models.DateField(_("business date"))
    customer = OrgForeignKey(Customer, null=True, verbose_name=_("customer"))
    cashier = models.CharField(_("cashier"), max_length=254)
    seller = OrgForeignKey(SellerSnapshot)
    buyer_gstin = models.CharField("GSTIN", max_length=15, blank=True)
    place_of_supply = models.CharField(max_length=2, blank=True)
    prices_include_tax = models.BooleanField()
    currency = models.CharField(max_length=3)
    taxable = MoneyField(_("taxable value"))
    tax = MoneyField(_("tax"))
    taxes = models.JSONField(default=list)
    round_off = MoneyField(_("round off"))
    total = MoneyField(_("total"))
    fingerprint = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta(OrgModel.Meta):
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "number"], name="billing_creditnote_number"),
            models.CheckConstraint(
                condition=models.Q(total=models.F("taxable") + models.F("tax") + models.F("round_off")),
                name="billing_creditnote_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["org_id", "-finalized_at", "-id"], name="billing_creditnote_recent"),
            models.Index(fields=["org_id", "business_date"], name="billing_creditnote_day"),
            models.Index(fields=["org_id", "bill"], name="billing_creditnote_bill"),
        ]

    def __str__(self) -> str:
        return self.number


class CreditNoteLine(OrgModel):
    class Disposition(models.TextChoices):
        RESTOCK = "restock", _("Back on the shelf")
        DAMAGED = "damaged", _("Damaged")
        EXPIRED = "expired", _("Expired")

    credit_note = OrgForeignKey(CreditNote, related_name="lines")
    position = models.PositiveSmallIntegerField()
    bill_line = OrgForeignKey(BillLine, null=True, related_name="returns")
    product = OrgForeignKey(Product)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(default=dict)
    sku = models.CharField("SKU", max_length=40)
    hsn = models.CharField("HSN", max_length=8, blank=True)
    quantity = QuantityField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=2)
    pack = QuantityField(default=1)
    disposition = models.CharField(max_length=8, choices=Disposition.choices, default=Disposition.RESTOCK)
    taxable = MoneyField(_("taxable value"))
    taxes = models.JSONField(default=list)
    tax = MoneyField(_("tax"))
    total = MoneyField(_("total"))
    cost = MoneyField(_("cost"))

    class Meta(OrgModel.Meta):
        verbose_name = _("credit note line")
        verbose_name_plural = _("credit note lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "credit_note", "position"], name="billing_creditnoteline_place"),
            models.CheckConstraint(
                condition=models.Q(total=models.F("taxable") + models.F("tax")), name="billing_creditnoteline_sum"
            ),
        ]
        indexes = [models.Index(fields=["org_id", "bill_line"], name="billing_creditnoteline_bill")]

    def __str__(self) -> str:
        return self.name


class Refund(OrgModel):
    """How the money went back; the refunds of a credit note add up to its total."""

    credit_note = OrgForeignKey(CreditNote, related_name="refunds")
    position = models.PositiveSmallIntegerField()
    method = models.CharField(_("method"), max_length=12, choices=method_choices)
    amount = MoneyField(_("amount"))
    reference = models.CharField(_("reference"), max_length=64, blank=True)
    stored_value = OrgForeignKey(StoredValue, null=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "credit_note", "position"], name="billing_refund_position"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_refund_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.amount}"

    @property
    def provider_state(self) -> str | None:
        """The worst of what the provider has made of it (ProviderRefund.State); None where people gave it back."""
        states = {row.state for row in self.by_provider.all()}
        return next((state for state in ("failed", "asked", "done") if state in states), None)
