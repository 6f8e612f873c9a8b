"""Scanning with the camera of a tablet or phone, for a till without a scanner."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from billing.views.at_till import Till, at_till
from pantrypal.core.camera import reads_codes
from pantrypal.core.http import OrgRequest


@reads_codes
@require_GET
@at_till
def camera(request: OrgRequest, till: Till) -> HttpResponse:
    return render(request, "billing/camera.html", {"till": till, "register": till.register})
