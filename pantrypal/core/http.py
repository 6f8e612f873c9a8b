"""What a request carries once its person has signed in, and once OrgMiddleware has let it in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pantrypal.core.actor import Actor
from pantrypal.core.models import Membership, Organization, User


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


class OrgRequest(HttpRequest):
    """A request of somebody who may be in `org`. `memberships` are all of a signed-in person's."""

    org_id: int
    org: Organization
    actor: Actor
    memberships: list[Membership]


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Shown in the browser; saved under `name`."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
