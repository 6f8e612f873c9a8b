from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from catalog.models import TaxClass
from catalog.operations.tax_classes import create_default_tax_classes
from catalog.queries import rates_on
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.core.models import Membership, Organization, User
from pantrypal.core.operations.organizations import sign_up
from pantrypal.tenancy.context import org_scope
from tests.shop import NOON, Shop

SLABS = {"gst0": 0, "gst3": 3, "gst5": 5, "gst12": 12, "gst18": 18, "gst28": 28, "gst40": 40}


@pytest.fixture
def new_org(db: None) -> Organization:
    owner = User.objects.create_user("owner@chitra.example", "secret-password", name="Chitra")
    return sign_up(name="Chitra", slug="chitra", owner=owner, at=NOON, state_code="29")


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        (date(2025, 9, 21), SLABS | {"gst5to0": 5, "gst12to0": 12, "gst18to0": 18, "gst18to5": 18}),
        (
            date(2025, 9, 22),
            SLABS | {"gst12": 5, "gst28": 18, "gst5to0": 0, "gst12to0": 0, "gst18to0": 0, "gst18to5": 5},
        ),
    ],
)
def test_an_indian_shop_begins_with_the_slabs_of_the_day(new_org: Organization, day: date, rates: dict) -> None:
    actor = Membership.objects.select_related("user").get(org=new_org).actor()
    with org_scope(new_org.pk), transaction.atomic():
        made = create_default_tax_classes(org=new_org, actor=actor, at=NOON)
        found = rates_on(day, [row.pk for row in made])

    assert {row.code: found[row.pk].rate + found[row.pk].cess for row in made} == rates


def test_aerated_drinks_carried_a_cess_until_the_change(new_org: Organization) -> None:
    actor = Membership.objects.select_related("user").get(org=new_org).actor()
    with org_scope(new_org.pk), transaction.atomic():
        create_default_tax_classes(org=new_org, actor=actor, at=NOON)
        drinks = TaxClass.objects.get(code="gst40")
        before, after = (rates_on(date(2025, 9, day), [drinks.pk])[drinks.pk] for day in (21, 22))

    assert (before.rate, before.cess) == (Decimal(28), Decimal(12))
    assert (after.rate, after.cess) == (Decimal(40), Decimal(0))


def test_a_class_that_is_there_is_left_alone(shop: Shop) -> None:
    names = dict(TaxClass.objects.values_list("code", "name"))

    made = create_default_tax_classes(org=shop.org, actor=shop.actor, at=NOON)

    assert not names.keys() & {row.code for row in made}
    assert create_default_tax_classes(org=shop.org, actor=shop.actor, at=NOON) == []
    assert dict(TaxClass.objects.filter(code__in=names).values_list("code", "name")) == names


def test_only_who_may_edit_the_organization_sets_taxes_up(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        create_default_tax_classes(org=shop.org, actor=shop.actor_as(Role.STORE_MANAGER), at=NOON)
