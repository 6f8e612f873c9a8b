"""The platform's operators: organizations, plans, shards, and no shop's books."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from pantrypal.core.models import Organization, OrgRoute, Plan, Shard, User
from pantrypal.core.operations.organizations import NoOpenShard, sign_up
from pantrypal.journal.models import AuditEntry, InboxEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import NOON, Shop

HOME = "/platform/"
ORGANIZATIONS = "/platform/core/organization/"
SHARDS = "/platform/core/shard/"


@pytest.fixture
def operator(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("operator@pantrypal.example", "secret-password"))
    return client


def act(client: Client, page: str, action: str, pk: object) -> None:
    answer = client.post(page, {"action": action, "_selected_action": [str(pk)]}, follow=True)
    assert answer.status_code == 200


def test_nobody_else_finds_the_platform(shop: Shop, till: Client) -> None:
    for page in (HOME, ORGANIZATIONS, f"{ORGANIZATIONS}{shop.org.pk}/change/", SHARDS):
        assert till.get(page).status_code == 404
        assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"


def test_an_operator_finds_organizations_and_enters_none(shop: Shop, operator: Client) -> None:
    with org_scope(None):
        assert operator.get("/")["Location"] == HOME
        listed = operator.get(ORGANIZATIONS, {"q": "asha"}).content.decode()
        assert f"{ORGANIZATIONS}{shop.org.pk}/change/" in listed
        assert "shard_0001" in listed
        assert operator.get("/asha/admin/").status_code == 404
        assert operator.get("/platform/catalog/product/").status_code == 404


def test_a_suspended_organization_is_closed_until_it_is_resumed(committed_shop: Shop) -> None:
    org, operator, owner = committed_shop.org, Client(), Client()
    with transaction.atomic():
        api = Api(committed_shop, ["catalog:read"])
    with org_scope(None):
        operator.force_login(User.objects.create_superuser("op@pantrypal.example", "secret-password", name="Op"))
        owner.force_login(committed_shop.owner)
        act(operator, ORGANIZATIONS, "suspend", org.pk)
        assert OrgRoute.objects.get(org=org.pk).state == "suspended"

        closed = owner.get(f"/{org.slug}/admin/catalog/product/")
        assert (closed.status_code, closed["Retry-After"]) == (503, "2")
        assert "This organization cannot be reached at the moment." in closed.content.decode()
        status, problem = api.get("products")
        assert (status, problem["code"]) == (503, "org_unavailable")

        act(operator, ORGANIZATIONS, "resume", org.pk)
        assert owner.get(f"/{org.slug}/admin/catalog/product/").status_code == 200
    with transaction.atomic():
        entries = AuditEntry.objects.order_by("-id")[:2]
        assert [(entry.action, entry.actor_kind, entry.actor_label) for entry in entries] == [
            ("organization.resumed", "operator", "Op"),
            ("organization.suspended", "operator", "Op"),
        ]


def test_an_operator_changes_plan_and_status(shop: Shop, operator: Client) -> None:
    starter = Plan.objects.get(code="starter")
    with org_scope(None):
        given = {"plan": str(starter.pk), "status": "past_due", "name": "Hacked"}
        assert operator.post(f"{ORGANIZATIONS}{shop.org.pk}/change/", given).status_code == 302

    org = Organization.objects.get(pk=shop.org.pk)
    assert (org.plan, org.status, org.name) == (starter, "past_due", "Asha")
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.action, entry.data["new"]) == (
        "organization.subscription_changed",
        {"plan": "starter", "status": "past_due"},
    )


def test_a_closed_shard_takes_no_new_organization(shop: Shop, operator: Client) -> None:
    with org_scope(None):
        for shard in Shard.objects.all():
            act(operator, SHARDS, "close", shard.pk)
        with pytest.raises(NoOpenShard):
            sign_up(name="New", slug="new", owner=shop.owner, at=NOON)

        act(operator, SHARDS, "open", Shard.objects.get(schema_name="shard_0002").pk)
        org = sign_up(name="New", slug="new", owner=shop.owner, at=NOON)
        assert OrgRoute.objects.get(org=org).schema_name == "shard_0002"


def test_work_that_was_given_up_is_counted_over_all_organizations(
    shop: Shop, other_shop: Shop, operator: Client
) -> None:
    long_ago = datetime(2026, 3, 1, tzinfo=UTC)
    for each in (shop, other_shop):
        with org_scope(each.org.pk):
            event = OutboxEvent.emit("bill.posted", bill="canary-of-a-bill")
            InboxEntry.objects.create(event=event, consumer="x", next_at=long_ago, parked_at=long_ago, error="canary")
    with org_scope(None):
        page = operator.get(HOME).content.decode()

    assert "Asha</a>: 1" in page
    assert "Bala</a>: 1" in page
    assert "canary" not in page
    assert "shard_0001" in page


def test_an_operator_makes_a_plan(operator: Client) -> None:
    given = {"name": "Trial", "code": "trial", "max_stores": "1", "requests_per_minute": "60"}

    assert operator.post("/platform/core/plan/add/", given).status_code == 302
    assert Plan.objects.get(code="trial").limits["requests_per_minute"] == 60
