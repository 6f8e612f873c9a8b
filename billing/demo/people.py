"""People of the demo, with a password that only the demo's own start prints."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from billing.demo.plans import ALL, OPERATOR, OrgPlan, Person
from pantrypal.core.actor import Actor
from pantrypal.core.models import Membership, Organization, User
from pantrypal.core.operations.pins import set_pin
from pantrypal.tenancy.context import org_scope


@transaction.atomic
def invite_everybody(password_hash: str) -> None:
    """All people of all retailers, always in the same order, so that two seeds at once wait for each other.

    The hash is given: making one takes a third of a second.
    """
    people = {person.email: person for plan in ALL for person in _people_of(plan)}
    with org_scope(None):
        _make(OPERATOR, password_hash, is_staff=True, is_superuser=True)
        for person in people.values():
            _make(person, password_hash)


def users_of(plan: OrgPlan) -> dict[str, User]:
    """Everybody who works there, by e-mail."""
    return {user.email: user for user in User.objects.filter(email__in=[x.email for x in _people_of(plan)])}


def give_pins(plan: OrgPlan, org: Organization, owner: Actor, at: datetime) -> None:
    """So that a cashier can be changed, and a manager asked, at a paired till."""
    members = {member.user.email: member for member in Membership.objects.select_related("org", "user").filter(org=org)}
    for person in _people_of(plan):
        if person.pin:
            set_pin(member=members[person.email], pin=person.pin, actor=owner, at=at)


def _people_of(plan: OrgPlan) -> list[Person]:
    return [plan.owner, *(post.person for post in plan.posts)]


def _make(person: Person, password_hash: str, **values: bool) -> None:
    """With their e-mail address confirmed."""
    defaults = {"name": person.name, "password": password_hash} | values
    user, is_new = User.objects.get_or_create(email=person.email, defaults=defaults)
    if is_new:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
