"""Signing in, choosing an organization, founding one, joining one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from billing.models import Register
from catalog.models import TaxClass
from pantrypal.core.access import Role
from pantrypal.core.models import Invitation, Membership, Organization, Store, User
from pantrypal.core.operations.invitations import invite
from pantrypal.tenancy.context import org_scope
from tests.shop import Shop


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def invitation_to(shop: Shop, email: str, role: Role = Role.CASHIER) -> Invitation:
    return invite(email=email, role=role, actor=shop.actor, at=timezone.now())


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/"


def test_a_password_opens_the_shop(shop: Shop) -> None:
    cashier = shop.member(Role.CASHIER)
    EmailAddress.objects.create(user=cashier, email=cashier.email, verified=True, primary=True)

    answer = Client().post("/accounts/login/", {"login": cashier.email, "password": "secret-password"}, follow=True)

    assert answer.redirect_chain == [("/", 302), ("/asha/till/", 302)]


@pytest.mark.parametrize(
    ("role", "first_page"),
    [
        (Role.CASHIER, "/asha/till/"),
        (Role.OWNER, "/asha/admin/"),
        (Role.STORE_MANAGER, "/asha/admin/"),
        (Role.INVENTORY_MANAGER, "/asha/admin/"),
        (Role.AUDITOR, "/asha/admin/"),
    ],
)
def test_each_role_lands_where_its_day_begins(shop: Shop, role: Role, first_page: str) -> None:
    client = sign_in(shop.member(role))

    assert client.get("/")["Location"] == first_page
    assert client.get("/asha/")["Location"] == first_page


def test_a_person_of_two_organizations_chooses(shop: Shop, other_shop: Shop) -> None:
    with org_scope(other_shop.org.pk):
        Membership.objects.create(org=other_shop.org, user=shop.owner, role=Role.CASHIER)
    client = sign_in(shop.owner)

    page = client.get("/").content.decode()

    assert 'href="/asha/admin/"' in page
    assert 'href="/asha/till/"' in page
    assert 'href="/bala/till/"' in page
    assert 'href="/bala/admin/"' not in page


@pytest.mark.django_db
def test_a_person_without_an_organization_founds_one_that_can_sell() -> None:
    person = User.objects.create_user("asha@example.com", "secret-password")
    client = sign_in(person)
    assert client.get("/")["Location"] == "/signup/"

    answer = client.post(
        "/signup/",
        {
            "name": "Asha Stores",
            "slug": "Asha-Stores",
            "store_name": "Main road",
            "state_code": "29",
            "gstin": "29aabcu9603r1zj",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    org = Organization.objects.get(slug="asha-stores")
    assert (org.name, org.state_code, org.gstin) == ("Asha Stores", "29", "29AABCU9603R1ZJ")
    assert Membership.objects.get(org=org).user == person
    with org_scope(org.pk):
        assert TaxClass.objects.filter(code="gst5").exists()
        assert Store.objects.get().state_code == "29"
        assert Register.objects.get().code == "A"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slug": "accounts"}, "This address is taken by PantryPal itself."),
        ({"slug": "asha"}, "already exists"),
        ({"gstin": "29AABCU9603R1ZX"}, "This is not a valid GSTIN"),
        ({"state_code": "27", "gstin": "29AABCU9603R1ZJ"}, "The GSTIN belongs to another state."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_founded_is_said_on_the_form(shop: Shop, changes: dict[str, str], sentence: str) -> None:
    client = sign_in(User.objects.create_user("new@example.com", "secret-password"))
    asked = {"name": "New", "slug": "new-shop", "store_name": "Main", "state_code": "29", "gstin": ""}

    answer = client.post("/signup/", asked | changes)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Organization.objects.count() == 1


def test_an_invited_person_signs_up_and_is_in(shop: Shop) -> None:
    link = f"/signup/invitation/{invitation_to(shop, 'ravi@example.com').token}/"
    client = Client()
    assert "ravi@example.com" in client.get(link).content.decode()

    joining = {"name": "Ravi Kumar", "email": "ravi@example.com", "password1": "mango-tree-42", "next": link}
    assert client.post("/accounts/signup/", joining)["Location"] == link
    answer = client.post(f"{link}accept/")

    assert answer["Location"] == "/asha/till/"
    member = Membership.objects.get(user__email="ravi@example.com")
    assert (member.org, member.role, member.user.name) == (shop.org, Role.CASHIER, "Ravi Kumar")
    assert mail.outbox == []  # the link of the invitation has proved the address


def test_an_invitation_is_for_one_person_once(shop: Shop) -> None:
    token = invitation_to(shop, "ravi@example.com").token
    someone = sign_in(User.objects.create_user("someone@example.com", "secret-password"))
    ravi = sign_in(User.objects.create_user("ravi@example.com", "secret-password"))

    refused = someone.post(f"/signup/invitation/{token}/accept/")
    assert (refused.status_code, "This invitation is for another e-mail address." in refused.content.decode()) == (
        409,
        True,
    )
    assert ravi.post(f"/signup/invitation/{token}/accept/").status_code == 302
    again = ravi.get(f"/signup/invitation/{token}/")
    assert again.status_code == 409
    assert "This invitation has been used or is too old." in again.content.decode()


def test_an_invitation_ends_after_a_week(shop: Shop) -> None:
    invitation = invitation_to(shop, "ravi@example.com")
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Client().get(f"/signup/invitation/{invitation.token}/").status_code == 409
    assert Client().get("/signup/invitation/made-up/").status_code == 409


def test_the_language_is_the_persons_own(shop: Shop) -> None:
    client = sign_in(shop.owner)

    answer = client.post("/accounts/language/", {"language": "hi", "next": "/accounts/password/change/"})

    assert answer["Location"] == "/accounts/password/change/"
    shop.owner.refresh_from_db()
    assert shop.owner.language == "hi"
    elsewhere = sign_in(shop.owner)
    assert '<html lang="hi">' in elsewhere.get("/accounts/password/change/").content.decode()


@pytest.mark.django_db
def test_a_stranger_chooses_a_language_by_cookie_and_stays_on_the_site(client: Client) -> None:
    answer = client.post("/accounts/language/", {"language": "hi", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"
    assert '<html lang="hi">' in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/language/").status_code == 405


def test_unknown_pages_and_foreign_shops_answer_alike(shop: Shop, other_shop: Shop) -> None:
    client = sign_in(shop.owner)

    for address in ("/bala/till/", "/nowhere/till/", "/asha/no-such-page/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "There is no such page, or it is not yours to see." in answer.content.decode()


def test_a_fragment_is_refused_with_a_fragment(shop: Shop) -> None:
    answer = sign_in(shop.owner).get("/asha/no-such-page/", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert answer.content.decode().lstrip().startswith('<div class="notice is-refusal"')
