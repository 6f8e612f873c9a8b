"""People, invitations, keys and the organization's own settings in the back office."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from pantrypal.core.access import Role
from pantrypal.core.models import ApiKey, Invitation, Membership, Organization
from pantrypal.core.operations.invitations import invite
from pantrypal.core.operations.organizations import create_store
from pantrypal.core.operations.pins import pin_hash
from pantrypal.core.tasks import mail_invitation
from pantrypal.journal.models import AuditEntry, InboxEntry, OutboxEvent
from tests.shop import NOON, Shop

PEOPLE = "/asha/admin/core/membership/"
INVITATIONS = "/asha/admin/core/invitation/"
KEYS = "/asha/admin/core/apikey/"


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("-id").values_list("action", flat=True)[:2])


def act(client: Client, page: str, action: str, pk: object) -> str:
    answer = client.post(page, {"action": action, "_selected_action": [str(pk)]}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_owner_changes_what_somebody_may_do_and_where(shop: Shop, till: Client) -> None:
    second = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    member = Membership.objects.get(user=shop.member(Role.CASHIER, "meena@asha.example"))

    answer = till.post(
        f"{PEOPLE}{member.pk}/change/",
        {"role": "store_manager", "is_active": "on", "stores": [str(second.pk)], "pin": "2580"},
    )

    assert answer.status_code == 302, answer.content.decode()
    member.refresh_from_db()
    assert (member.role, member.all_stores, member.pin_hash) == ("store_manager", False, pin_hash(shop.org.pk, "2580"))
    assert member.actor().stores == {second.pk}
    assert actions() == ["member.pin_set", "member.changed"]
    assert "B2" in till.get(PEOPLE).content.decode()
    assert "2580" not in till.get(f"{PEOPLE}{member.pk}/change/").content.decode()


def test_the_last_owner_stays_one(shop: Shop, till: Client) -> None:
    member = Membership.objects.get(user=shop.owner)

    answer = till.post(f"{PEOPLE}{member.pk}/change/", {"role": "cashier", "is_active": "on", "all_stores": "on"})

    assert "An organization needs at least one active owner." in answer.content.decode()
    member.refresh_from_db()
    assert member.role == "owner"


def test_an_invitation_goes_out_again_and_is_withdrawn(shop: Shop, till: Client) -> None:
    answer = till.post(f"{INVITATIONS}add/", {"email": "Ravi@Example.com", "role": "cashier"})
    assert answer.status_code == 302, answer.content.decode()
    invitation = Invitation.objects.get()
    assert invitation.email == "ravi@example.com"

    act(till, INVITATIONS, "send_again", invitation.pk)
    assert actions() == ["member.invited_again", "member.invited"]
    assert OutboxEvent.objects.filter(topic="member.invited").count() == 2
    act(till, INVITATIONS, "withdraw", invitation.pk)
    assert Client().get(f"/signup/invitation/{invitation.token}/").status_code == 409


def test_the_letter_of_an_invitation_carries_its_link(shop: Shop, settings) -> None:
    settings.SITE_URL = "https://shop.example"
    invitation = invite(email="ravi@example.com", role=Role.CASHIER, actor=shop.actor, at=timezone.now())
    event = OutboxEvent.objects.get(topic="member.invited")
    InboxEntry.objects.create(event=event, consumer="pantrypal.mail_invitation", next_at=timezone.now())

    mail_invitation.run(str(event.pk))
    mail_invitation.run(str(event.pk))

    (letter,) = mail.outbox
    assert letter.to == ["ravi@example.com"]
    assert letter.subject == "Asha Owner invites you to Asha"
    (path,) = re.findall(r"https://shop\.example(/signup/invitation/\S+)", letter.body)
    assert Client().get(path).status_code == 200
    assert invitation.token in path


def test_who_is_a_member_already_is_not_invited(shop: Shop, till: Client) -> None:
    shop.member(Role.CASHIER, "meena@asha.example")

    answer = till.post(f"{INVITATIONS}add/", {"email": "meena@asha.example", "role": "cashier"})

    assert "This person is already a member." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_key_is_shown_once_and_stops_working_when_revoked(shop: Shop, till: Client) -> None:
    made = till.post(f"{KEYS}add/", {"name": "Web shop", "scopes": ["catalog:read"], "all_stores": "on"})

    assert "no-store" in made["Cache-Control"]
    (secret,) = re.findall(r"pp_[\w-]{40,}", made.content.decode())
    assert secret not in till.get(KEYS).content.decode()
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/products", headers=bearer).status_code == 200
    assert Client().get("/api/v1/customers", headers=bearer).status_code == 403

    key = ApiKey.objects.get()
    act(till, KEYS, "revoke", key.pk)
    assert Client().get("/api/v1/products", headers=bearer).status_code == 401
    assert till.get(f"{KEYS}{key.pk}/change/").status_code == 200


def test_a_key_without_a_scope_is_not_made(shop: Shop, till: Client) -> None:
    assert till.post(f"{KEYS}add/", {"name": "Web shop", "all_stores": "on"}).status_code == 200
    assert not ApiKey.objects.exists()


def test_an_owner_changes_the_organization(shop: Shop, till: Client) -> None:
    page = f"/asha/admin/core/organization/{shop.org.pk}/change/"
    given = {
        "name": "Asha Stores",
        "legal_name": "Asha Retail Pvt Ltd",
        "address": "1 MG Road",
        "gstin": "29AABCU9603R1ZJ",
        "state_code": "29",
        "tax_regime": "gst_in",
        "prices_include_tax": "on",
        "fiscal_year_start": "4",
    }

    assert till.get("/asha/admin/core/organization/")["Location"] == page
    assert till.post(page, given | {"state_code": "27"}).status_code == 200
    assert till.post(page, given).status_code == 302
    org = Organization.objects.get(pk=shop.org.pk)
    assert (org.name, org.gstin, org.slug) == ("Asha Stores", "29AABCU9603R1ZJ", "asha")
    assert actions()[0] == "organization.changed"


@pytest.mark.parametrize("role", [Role.STORE_MANAGER, Role.AUDITOR])
def test_who_may_not_change_people_reads_about_them(shop: Shop, client: Client, role: Role) -> None:
    client.force_login(shop.member(role))
    member = Membership.objects.get(user=shop.owner)

    assert client.get(f"{PEOPLE}{member.pk}/change/").status_code == 200
    assert client.post(f"{PEOPLE}{member.pk}/change/", {"role": "cashier"}).status_code == 403
    assert client.get(f"{INVITATIONS}add/").status_code == 403
    assert client.get(f"{KEYS}add/").status_code == 403


def test_people_of_another_organization_are_not_there(shop: Shop, other_shop: Shop, till: Client) -> None:
    theirs = Membership.objects.filter(org=other_shop.org).values_list("pk", flat=True)

    assert not theirs  # not even visible from here
    page = till.get(PEOPLE).content.decode()
    assert "Bala" not in page
    assert "bala.example" not in page


def test_the_audit_trail_is_read_by_day_and_by_deed(shop: Shop, till: Client) -> None:
    audit = "/asha/admin/journal/auditentry/"
    entry = AuditEntry.objects.filter(action="shift.opened").get()

    def lists(**query: str) -> bool:
        return f"{entry.pk}/change/" in till.get(audit, query).content.decode()

    assert lists(action="shift.opened")
    assert not lists(action="shift.closed")
    assert lists(at_from="2026-03-02", at_to="2026-03-02")
    assert not lists(at_from="2026-03-03")
    page = till.get(f"{audit}{entry.pk}/change/")
    assert page.status_code == 200
    assert till.post(f"{audit}{entry.pk}/change/", {"actor_label": "nobody"}).status_code == 403


def test_work_that_was_given_up_is_shown_at_home_and_tried_again(shop: Shop, till: Client) -> None:
    long_ago = datetime(2026, 3, 1, tzinfo=UTC)
    event = OutboxEvent.emit("bill.posted", bill="x")
    entry = InboxEntry.objects.create(
        event=event, consumer="billing.render_bill_pdf", next_at=long_ago, parked_at=long_ago, failures=8, deliveries=8,
        error="OSError: disk full",
    )  # fmt: skip
    assert "1 piece of work was given up" in till.get("/asha/admin/").content.decode()
    parked = "/asha/admin/journal/inboxentry/"
    assert "OSError: disk full" in till.get(parked).content.decode()

    assert "1 piece of work will be tried again." in act(till, parked, "try_again", entry.pk)

    entry.refresh_from_db()
    assert (entry.parked_at, entry.deliveries, entry.failures) == (None, 0, 0)
    assert timezone.now() - entry.next_at < timedelta(minutes=1)
    assert actions()[0] == "delivery.replayed"
    assert "was given up" not in till.get("/asha/admin/").content.decode()
