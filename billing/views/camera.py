"""Scanning with the camera of a tablet or phone, for a till without a scanner."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from billing.views.at_till import Till, at_till
from pantrypal.core.http import OrgRequest

WASM_UNSAFE_EVAL = "'wasm-unsafe-eval'"  # the reader is WebAssembly; no other page of the till allows it


@csp_update({"script-src": [SELF, WASM_UNSAFE_EVAL]})
@require_GET
@at_till
def camera(request: OrgRequest, till: Till) -> HttpResponse:
    return render(request, "billing/camera.html", {"till": till, "register": till.register})
