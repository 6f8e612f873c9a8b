"""Where a person lands after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pantrypal.core.addresses import first_page, home_of, org_path
from pantrypal.core.http import OrgRequest, PersonRequest
from pantrypal.core.queries import memberships_of

PLATFORM = "/platform/"


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """To the one organization, to a choice of several, or to the beginning of an own one."""
    memberships = memberships_of(request.user)
    if len(memberships) == 1:
        return redirect(home_of(memberships[0]))
    if memberships:
        return render(request, "core/organizations.html", {"memberships": memberships})
    return redirect(PLATFORM if request.user.is_staff else "found-shop")


def org_home(request: OrgRequest) -> HttpResponse:
    return redirect(org_path(request.org.slug, first_page(request.actor.permissions)))
