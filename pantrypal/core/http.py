"""What a request carries once OrgMiddleware has let it in."""

from __future__ import annotations

from django.http import HttpRequest

from pantrypal.core.actor import Actor
from pantrypal.core.models import Membership, Organization


class OrgRequest(HttpRequest):
    """A request of somebody who may be in `org`. `memberships` are all of a signed-in person's."""

    org_id: int
    org: Organization
    actor: Actor
    memberships: list[Membership]
