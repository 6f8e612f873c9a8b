"""A new retailer, ready to sell: organization, tax classes, first store and first register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.operations.registers import create_register
from billing.operations.rules import create_default_reasons
from catalog.operations.scale_labels import create_default_scale_labels
from catalog.operations.tax_classes import create_default_tax_classes
from pantrypal.core.models import Membership, Organization, User
from pantrypal.core.operations.organizations import create_store, sign_up
from pantrypal.tenancy.context import org_scope

STORE_CODE = "S1"
REGISTER_CODE = "A"


def found_shop(
    *, name: str, slug: str, state_code: str, gstin: str, store_name: str, owner: User, at: datetime
) -> Organization:
    """All of it or nothing. Raises Invalid, NoOpenShard."""
    with org_scope(None), transaction.atomic():
        org = sign_up(name=name, slug=slug, owner=owner, at=at, state_code=state_code, gstin=gstin)
        actor = Membership.objects.select_related("org", "user").get(org=org, user=owner).actor()
        with org_scope(org.pk):
            create_default_tax_classes(org=org, actor=actor, at=at)
            create_default_scale_labels(actor=actor, at=at)
            create_default_reasons(actor=actor, at=at)
            store = create_store(actor=actor, at=at, code=STORE_CODE, name=store_name)
            create_register(store=store, code=REGISTER_CODE, name=_("Counter 1"), actor=actor, at=at)
    return org
