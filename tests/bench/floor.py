"""The floor beside the house: an empty Django view without middleware, on the same server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from pantrypal.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
ROOT_URLCONF = "tests.bench.floor"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("", empty)]
