"""What the list of customers shows of their bills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from billing.admin.parts import link
from billing.models import Bill
from customers.models import Customer
from pantrypal.core.admin import PageColumn, site
from pantrypal.core.http import OrgRequest


def _bills(request: OrgRequest, customers: Sequence[Any]) -> dict[Any, Any]:
    """How many bills each has, with the way to them."""
    counts = Bill.objects.filter(customer__in=customers).order_by().values_list("customer").annotate(count=Count("pk"))
    return {
        customer: link(f"admin/billing/bill/?customer__id__exact={customer}", ngettext("%s bill", "%s bills", n) % n)
        for customer, n in counts
    }


site.add_column(Customer, PageColumn("bills", _("bills"), _bills))
