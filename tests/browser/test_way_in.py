from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.db import transaction

from pantrypal.core.access import Role
from tests.browser.visitor import SIZES, Visitor
from tests.shop import Shop


def test_a_cashier_signs_in_with_keys_only(committed_shop: Shop, visitor: Callable[..., Visitor]) -> None:
    with transaction.atomic():
        cashier = committed_shop.member(Role.CASHIER)
        EmailAddress.objects.create(user=cashier, email=cashier.email, verified=True, primary=True)
    window = visitor().open(f"/{committed_shop.org.slug}/admin/")

    window.is_accessible().shoots("sign-in", *SIZES).shoots("sign-in", scheme="dark")
    window.do(lambda page: page.get_by_label("Email").focus())
    window.type(cashier.email).press("Tab", "Tab").type("secret-password").press("Enter")

    window.do(lambda page: page.wait_for_url(f"**/{committed_shop.org.slug}/admin/"))
    assert window.text("h1") == "Not allowed"


def test_the_session_of_a_test_opens_the_back_office(committed_shop: Shop, visitor: Callable[..., Visitor]) -> None:
    window = visitor().signed_in_as(committed_shop.owner).open(f"/{committed_shop.org.slug}/")

    window.sees(committed_shop.org.name)
    assert window.do(lambda page: page.url).endswith(f"/{committed_shop.org.slug}/admin/")
