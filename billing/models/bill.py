"""The posted, numbered, immutable document of a sale."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from billing.models.seller import SellerSnapshot
from billing.models.series import DocumentSeries
from billing.models.shift import Shift
from catalog.models import Product
from customers.models import Customer
from pantrypal.core.fields import MoneyField, QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Bill(OrgModel):
    """Written once, by billing/sql/post_bill.sql, and never changed (trigger).

    The client may choose the id (UUIDv7): it is the idempotency key of the sale, for ever.
    Everything a reader needs is copied in: seller, place of supply, names, rates. Amounts are
    figured once; page, receipt, PDF, API and tax reports read these same columns.
    """

    store_id = models.UUIDField()
    register = OrgForeignKey(Register, verbose_name=_("register"))
    shift = OrgForeignKey(Shift)
    series = OrgForeignKey(DocumentSeries)
    number = models.CharField(_("number"), max_length=16)
    sequence = models.PositiveIntegerField()
    printed_number = models.CharField(
        _("printed number"), max_length=16, blank=True, help_text=_("On the paper, where the bill could not have it.")
    )
    finalized_at = models.DateTimeField(_("time"))
    occurred_at = models.DateTimeField(null=True, help_text=_("When it was made, if off line."))
    document_date = models.DateField(_("date"))
    business_date = models.DateField(_("business date"))
    customer = OrgForeignKey(Customer, null=True, verbose_name=_("customer"))
    cashier = models.CharField(_("cashier"), max_length=254)
    seller = OrgForeignKey(SellerSnapshot)
    buyer_gstin = models.CharField("GSTIN", max_length=15, blank=True)
    place_of_supply = models.CharField(max_length=2, blank=True)
    prices_include_tax = models.BooleanField()
    currency = models.CharField(max_length=3)
    subtotal = MoneyField(_("subtotal"), help_text=_("Sum of the lines before discounts."))
    discount = MoneyField(_("discount"))
    taxable = MoneyField(_("taxable value"))
    tax = MoneyField(_("tax"))
    taxes = models.JSONField(default=list)
    round_off = MoneyField(_("round off"))
    total = MoneyField(_("total"))
    change = MoneyField(_("change"))
    fingerprint = models.CharField(
        max_length=64, help_text=_("Of what was asked for; tells a repeat from another sale.")
    )
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta(OrgModel.Meta):
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "number"], name="billing_bill_number"),
            models.CheckConstraint(
                condition=models.Q(total=models.F("taxable") + models.F("tax") + models.F("round_off")),
                name="billing_bill_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["org_id", "-finalized_at", "-id"], name="billing_bill_recent"),
            models.Index(fields=["org_id", "business_date"], name="billing_bill_day"),
            models.Index(
                fields=["org_id", "customer", "-finalized_at"],
                condition=models.Q(customer__isnull=False),
                name="billing_bill_customer",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BillLine(OrgModel):
    bill = OrgForeignKey(Bill, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(default=dict)
    sku = models.CharField("SKU", max_length=40)
    barcode = models.CharField(_("barcode"), max_length=60, blank=True)
    hsn = models.CharField("HSN", max_length=8, blank=True)
    quantity = QuantityField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=2)
    pack = QuantityField(default=1, help_text=_("How many units of stock one of this quantity is."))
    mrp = MoneyField("MRP", null=True)
    unit_price = MoneyField(_("price"))
    gross = MoneyField(_("before discount"))
    discount = MoneyField(_("discount"))
    discount_reasons = models.JSONField(default=list)
    taxable = MoneyField(_("taxable value"))
    taxes = models.JSONField(default=list)
    tax = MoneyField(_("tax"))
    total = MoneyField(_("total"))
    cost = MoneyField(_("cost"), help_text=_("What the goods had cost, at average cost."))

    class Meta(OrgModel.Meta):
        verbose_name = _("bill line")
        verbose_name_plural = _("bill lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "bill", "position"], name="billing_billline_position"),
            models.CheckConstraint(
                condition=models.Q(total=models.F("taxable") + models.F("tax")), name="billing_billline_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["org_id", "product"], name="billing_billline_product")]

    def __str__(self) -> str:
        return self.name


class BillBuyer(OrgModel):
    """Who bought, as the bill was printed. Kept apart from the bill, so that a person can be erased
    while the bill and its hash stay: the bill's content holds only the digest of this row."""

    bill = OrgForeignKey(Bill, related_name="buyers")
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address"), blank=True)
    state_code = models.CharField(max_length=2, blank=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, help_text=_("Of this row as it was posted."))
    erased_at = models.DateTimeField(null=True)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "bill"], name="billing_billbuyer_once")]

    def __str__(self) -> str:
        return self.name
