"""A manager's yes at the till: by PIN on the register's own device, by e-mail and password anywhere."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing.forms.approving import ApprovalForm
from billing.forms.fields import understood
from billing.models import Approval
from billing.operations.approvals import Question, give_approval
from billing.operations.pins import approve_by_pin
from billing.views.at_till import Till, at_till
from pantrypal.core.errors import Forbidden
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Membership
from pantrypal.tenancy.middleware import org_non_atomic

ASKED = "asked_"


@require_POST
@at_till
@org_non_atomic
def approve(request: OrgRequest, till: Till) -> HttpResponse:
    """What was refused is asked again at once: `again` is its address, `asked_...` are its values."""
    asked = understood(ApprovalForm(request.POST)).cleaned_data
    question = Question(asked["kind"], asked["subject"], till.store, asked["reason"], asked["amount"])
    if asked["pin"] and till.device is not None:
        who: dict[str, Any] = {"device": till.device, "pin": asked["pin"], "asked_by": till.actor}
        approval = approve_by_pin(question, **who, at=timezone.now())
    else:
        approval = _by_password(request, till, question, asked["email"], asked["password"])
    again = request.POST.get("again", "")
    if not again.startswith(reverse("till", args=[till.register.pk])):
        again = reverse("till-cart", args=[till.register.pk])
    values = [(name.removeprefix(ASKED), value) for name, value in request.POST.items() if name.startswith(ASKED)]
    return render(request, "billing/_approved.html", {"approval": approval, "again": again, "values": values})


def _by_password(request: OrgRequest, till: Till, question: Question, email: str, password: str) -> Approval:
    """Guesses are limited as those of the sign-in page are. Raises Forbidden."""
    with transaction.atomic():
        user = get_adapter().authenticate(request, email=email, password=password)
        members = Membership.objects.select_related("user", "org").filter(org=request.org, user=user, is_active=True)
        approver = members.first() if user is not None else None
        if approver is None:
            raise Forbidden(_("This e-mail and password are not those of somebody who works here."))
        at = timezone.now()
        return give_approval(question, asked_by=till.actor, approver=approver.actor(), at=at, register=till.register)
