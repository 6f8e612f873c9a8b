"""A signed-in browser and a far page, for the rows that need one. Imported once Django is set up."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from pantrypal.tenancy.context import org_scope
from tests.bench.seeding import key_of
from tests.shop import Shop

FAR = 200


def signed_in(shop: Shop) -> str:
    """The cookie of the owner's session."""
    client = Client()
    with org_scope(None):
        client.force_login(shop.owner)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def page_200_of(shop: Shop) -> str:
    """The address of the bill list's page 200, or of the last one there is."""
    client = Client(headers={"Authorization": f"Bearer {key_of(shop.org.pk)}"})
    path = "/api/v1/bills?limit=50"
    for _number in range(FAR - 1):
        with org_scope(None):
            further = client.get(path).json()["next"]
        if further is None:
            break
        path = further.partition("testserver")[2] or further
    return path
