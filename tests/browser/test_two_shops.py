"""A person who works in two shops goes from one to the other, and two tabs of one browser share a cart."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import expect

from pantrypal.core.access import Role
from pantrypal.core.models import Membership, User
from pantrypal.tenancy.context import org_scope
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop, make_shop

Visit = Callable[..., Visitor]


def test_a_cashier_of_two_shops_changes_from_one_to_the_other(
    committed_shop: Shop, shelf: Shelf, cashier: User, till: Visitor
) -> None:
    other = make_shop(f"{committed_shop.org.slug}-two")
    with org_scope(other.org.pk), transaction.atomic():
        Membership.objects.create(org=other.org, user=cashier, role=Role.CASHIER)
    till.scan(shelf.code(shelf.dal)).sees("Toor dal", "#cart")
    till.open(f"/{committed_shop.org.slug}/till/").sees("At which register do you stand?")
    till.do(lambda page: page.locator("summary", has_text=committed_shop.org.name).focus())
    till.press("Enter", "Tab").is_accessible().shoots("org-menu")
    till.do(lambda page: page.get_by_role("link", name=other.org.name).focus())
    till.press("Enter")

    till.do(lambda page: page.wait_for_url(f"**/{other.org.slug}/till/"))
    till.sees(other.org.name).do(lambda page: page.get_by_role("link", name="Go on").press("Enter"))
    till.has_focus_on("#code").sees("Ready for the next customer").scan(shelf.code(shelf.dal))
    till.sees("There is no product", "#notice")
    till.open(f"/{other.org.slug}/till/{committed_shop.register.pk}/").sees("not")
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").sees("Toor dal", "#cart")


def test_two_tabs_of_one_browser_ring_up_one_cart(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total")
    tab = till.do(lambda page: page.context.new_page())
    till.do(lambda page: tab.goto(page.url))
    till.do(lambda page: expect(tab.locator("#total")).to_contain_text("₹28.00"))
    till.do(lambda page: tab.keyboard.type(shelf.code(shelf.salt), delay=2))
    till.do(lambda page: tab.keyboard.press("Enter"))
    till.do(lambda page: expect(tab.locator("#total")).to_contain_text("₹52.00"))

    till.press("F8").sees("₹52.00", "#sheet").press("Enter").sees("is paid", "#sheet")
    till.do(lambda page: tab.keyboard.press("F8"))
    till.do(lambda page: expect(tab.locator("#notice")).to_contain_text("nothing in the cart"))
