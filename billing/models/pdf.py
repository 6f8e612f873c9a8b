"""The PDF of a bill."""

from __future__ import annotations

from django.db import models

from billing.models.bill import Bill
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class BillPdf(OrgModel):
    """Made by a worker after the sale, once for each bill. The file is only ever served by a view that has
    found this row, and so the bill, in the reader's own organization."""

    bill = OrgForeignKey(Bill)
    file = models.FileField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "bill"], name="billing_billpdf_once")]

    def __str__(self) -> str:
        return str(self.file.name)
