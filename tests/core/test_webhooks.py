"""Events in order, and their delivery to an integrator who may be slow, gone or somebody else's machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier

from pantrypal.core.operations.webhook_sending import DISABLED_AFTER, PAUSES, deliver
from pantrypal.journal.models import AuditEntry, Delivery, OutboxEvent, Webhook
from pantrypal.journal.relay import relay_once, resend_due
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.listener import Listener, listening
from tests.shop import Shop


@pytest.fixture
def partner(settings: Any) -> Iterator[Listener]:
    settings.OUTSIDE_NETWORKS = ["127.0.0.2/32"]
    with listening("127.0.0.2") as listener:
        yield listener


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop, ["webhooks:manage"])


def added(api: Api, url: str, **values: Any) -> dict[str, Any]:
    status, webhook = api.post("webhooks", {"url": url, **values})
    assert status == 201, webhook
    return webhook


def relayed(topic: str, **payload: Any) -> OutboxEvent:
    """An event, and everything before it, given to the relay; what it sends to workers is done at once here."""
    event = OutboxEvent.emit(topic, **payload)
    relay_once("shard_0001")
    event.refresh_from_db()
    return event


def resend() -> None:
    """The pause is over. The database's clock stands still in a test."""
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=5))
    resend_due("shard_0001")


def only_delivery() -> Delivery:
    return Delivery.objects.select_related("event").get()


def test_events_are_read_in_order_from_where_one_has_stopped(shop: Shop, api: Api) -> None:
    relayed("test.first", number=1)
    relayed("test.second", number=2)

    events = api.get("events")[1]["results"]
    assert [event["type"] for event in events[-2:]] == ["test.first", "test.second"]
    assert [int(event["cursor"]) for event in events] == list(range(1, len(events) + 1))

    assert api.get(f"events?after={events[-2]['cursor']}")[1] == {"results": [events[-1]], "next": None}
    first = api.get("events?limit=1")[1]
    assert first["results"] == events[:1]
    assert api.get(first["next"])[1]["results"] == events[1:2]
    assert api.get("events?after=x")[0] == 400


def test_an_event_arrives_signed(shop: Shop, api: Api, partner: Listener) -> None:
    webhook = added(api, f"{partner.url}/hooks", topics=["test.sold"])
    relayed("test.other")
    event = relayed("test.sold", bill="x", total="49.00")

    (asked,) = partner.asked
    assert (asked.method, asked.path, asked.headers["webhook-id"]) == ("POST", "/hooks", str(event.pk))
    told = Verifier(webhook["secret"]).verify(asked.body, asked.headers)
    assert (told["type"], told["data"]) == ("test.sold", {"bill": "x", "total": "49.00"})
    delivery = only_delivery()
    assert (delivery.state, delivery.attempts, delivery.status) == ("delivered", 1, 200)
    assert "secret" not in api.get(f"webhooks/{webhook['id']}")[1]


def test_both_secrets_sign_for_a_day_after_a_rotation(shop: Shop, api: Api, partner: Listener) -> None:
    webhook = added(api, partner.url, topics=["test.event"])
    status, rotated = api.post(f"webhooks/{webhook['id']}/rotate-secret", {})
    assert (status, rotated["secret"] != webhook["secret"]) == (200, True)

    relayed("test.event")
    for secret in (webhook["secret"], rotated["secret"]):
        Verifier(secret).verify(partner.asked[0].body, partner.asked[0].headers)

    Webhook.objects.update(old_secret_until=timezone.now())
    relayed("test.event")
    assert len(partner.asked[1].headers["webhook-signature"].split()) == 1


def test_what_fails_is_tried_again_after_growing_pauses_and_then_given_up(
    shop: Shop, api: Api, partner: Listener
) -> None:
    webhook = added(api, partner.url, topics=["test.event"])
    partner.statuses = [500]
    relayed("test.event")
    for pause in PAUSES:
        delivery = only_delivery()
        assert delivery.state == "waiting"
        assert delivery.next_at - timezone.now() >= pause
        resend()

    delivery = only_delivery()
    assert (delivery.state, delivery.attempts, delivery.error) == ("given_up", len(PAUSES) + 1, "HTTP 500")
    assert len(partner.asked) == len(PAUSES) + 1

    partner.statuses = [204]
    assert api.post(f"webhooks/{webhook['id']}/deliveries/replay", {}) == (202, {"deliveries": 1})
    resend()
    shown = api.get(f"webhooks/{webhook['id']}/deliveries?limit=10")[1]["results"]
    assert [(row["state"], row["status"], row["type"]) for row in shown] == [("delivered", 204, "test.event")]
    assert Webhook.objects.get().failing_since is None


def test_a_delivery_that_has_arrived_is_sent_again_on_demand(shop: Shop, api: Api, partner: Listener) -> None:
    webhook = added(api, partner.url, topics=["test.event"])
    relayed("test.event")

    path = f"webhooks/{webhook['id']}/deliveries/{only_delivery().pk}/replay"
    assert api.post(path, {}) == (202, {"deliveries": 1})
    resend()

    assert [asked.headers["webhook-id"] for asked in partner.asked] == [str(only_delivery().event_id)] * 2


@pytest.mark.parametrize(("status", "failing_for"), [(410, timedelta(0)), (500, DISABLED_AFTER)])
def test_who_is_gone_or_fails_for_days_is_told_no_more(
    shop: Shop, api: Api, partner: Listener, till: Client, status: int, failing_for: timedelta
) -> None:
    added(api, partner.url, topics=["test.event"])
    if failing_for:
        Webhook.objects.update(failing_since=timezone.now() - failing_for)
    partner.statuses = [status]
    relayed("test.event")
    relayed("test.event")

    assert len(partner.asked) == 1
    assert not Webhook.objects.get().is_active
    assert AuditEntry.objects.order_by("-id")[0].action == "webhook.disabled"
    assert "was switched off" in till.get("/asha/admin/").content.decode()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://10.0.0.1/", "file:///etc/passwd", "nonsense"])
def test_an_address_inside_the_house_is_refused(shop: Shop, api: Api, url: str) -> None:
    status, problem = api.post("webhooks", {"url": url})

    assert (status, list(problem["errors"])) == (400, ["url"])
    assert not Webhook.objects.exists()


def test_a_name_that_leads_into_the_house_is_not_called(shop: Shop, api: Api) -> None:
    with listening() as inside:
        added(api, f"http://localhost:{inside.port}/", topics=["test.event"])
        relayed("test.event")

        assert inside.connections == 0
    assert only_delivery().error == "This address cannot be called from here."


def test_a_delivery_in_another_workers_hands_is_left_alone(shop: Shop, api: Api, partner: Listener) -> None:
    added(api, partner.url, topics=["test.event"])
    relayed("test.event")

    deliver(only_delivery().pk)

    assert len(partner.asked) == 1


def test_webhooks_are_changed_and_removed(shop: Shop, api: Api, partner: Listener) -> None:
    webhook = added(api, partner.url)
    path = f"webhooks/{webhook['id']}"

    assert api("PATCH", path, {"active": False, "topics": ["test.sold"]})[1]["active"] is False
    relayed("test.sold")
    assert partner.asked == []
    assert api("DELETE", path)[0] == 204
    assert api.get(path)[0] == 404
    assert Api(shop, ["catalog:read"]).get("webhooks")[0] == 403


def test_a_webhook_is_kept_in_the_back_office_too(shop: Shop, till: Client) -> None:
    page = "/asha/admin/journal/webhook/"
    made = till.post(f"{page}add/", {"url": "https://shop.example/hooks", "topics": "bill.posted", "is_active": "on"})
    webhook = Webhook.objects.get()
    assert webhook.secret in made.content.decode().replace("&#x3D;", "=")
    assert webhook.topics == ["bill.posted"]

    rotated = till.post(page, {"action": "rotate", "_selected_action": [str(webhook.pk)]})
    webhook.refresh_from_db()
    assert webhook.secret in rotated.content.decode()
    assert webhook.secret not in till.get(f"{page}{webhook.pk}/change/").content.decode()
    assert json.dumps(webhook.secret)[1:-1] not in till.get(page).content.decode()


def test_another_organizations_events_are_not_told(shop: Shop, other_shop: Shop, api: Api, partner: Listener) -> None:
    added(api, partner.url)
    relay_once("shard_0001")
    partner.asked.clear()
    with org_scope(other_shop.org.pk), transaction.atomic():
        relayed("test.theirs")

    assert partner.asked == []
