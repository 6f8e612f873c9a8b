"""A person asks what is known of them, or to be forgotten: one page, reached from the list of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.admin.parts import link
from billing.models import Bill
from billing.operations.persons import erase_person
from customers.models import Customer
from pantrypal.core.access import Permission
from pantrypal.core.admin import PageColumn, site
from pantrypal.core.http import OrgRequest
from pantrypal.core.queries import as_uuid

PATH = "person/"


def person_page(request: OrgRequest) -> HttpResponse:
    pk = as_uuid(request.GET.get("customer", ""))
    customer = Customer.objects.filter(pk=pk, erased_at=None).first() if pk else None
    if customer is None:
        raise Http404
    if request.method == "POST":
        erase_person(customer, actor=request.actor, at=timezone.now())
        messages.success(request, _("The person is erased. Their bills stay, without them."))
        return HttpResponseRedirect(reverse("admin:customers_customer_changelist"))
    bills = Bill.objects.filter(customer=customer).count()
    return site.page(request, "billing/admin/person.html", str(customer), customer=customer, bills=bills)


def _links(request: OrgRequest, customers: Sequence[Any]) -> dict[Any, Any]:
    if not request.actor.may(Permission.CUSTOMERS_ERASE):
        return {}
    return {
        customer.pk: link(f"admin/{PATH}?customer={customer.pk}", _("Export or erase"))
        for customer in customers
        if customer.erased_at is None
    }


site.add_page(PATH, "person", person_page, title=gettext_lazy("Person"), permission=Permission.CUSTOMERS_ERASE)
site.add_column(Customer, PageColumn("rights", gettext_lazy("rights"), _links))
