"""A person without an organization begins one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.forms.founding import FoundShopForm
from billing.operations.founding import found_shop
from pantrypal.core.forms import refusals_on
from pantrypal.core.http import PersonRequest


@login_required
def found(request: PersonRequest) -> HttpResponse:
    form = FoundShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            org = found_shop(**form.cleaned_data, owner=request.user, at=timezone.now())
            messages.success(request, _("%s is ready. Add your products, then open the till.") % org.name)
            return redirect("home")
    return render(request, "billing/found_shop.html", {"form": form}, status=422 if form.errors else 200)
