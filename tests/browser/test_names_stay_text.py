"""Names that are written like markup are names: on till, display, receipt and the page anybody can see."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from billing.links import paper_address
from billing.models import Bill
from catalog.models import Category, Product
from pantrypal.core.models import User
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]

THING = '<img src=x onerror="alert(1)">{{ 7*7 }}'
PERSON = '"><script>alert(2)</script>${1}'


def holds_no_markup(window: Visitor) -> None:
    strange = "img[src=x], script:not([src]), [onerror]"
    assert window.do(lambda page: page.locator(strange).count()) == 0
    assert "49" not in window.text("body").replace("₹", " ").split()


def test_markup_in_names_is_shown_and_does_nothing(
    committed_shop: Shop, shelf: Shelf, cashier: User, till: Visitor, visitor: Visit
) -> None:
    with transaction.atomic():
        shelves = Category.objects.create(name=f"<b>{PERSON}</b>")
        Product.objects.filter(pk=shelf.milk.pk).update(name=THING, category=shelves, till_position=1)
    here = f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/"
    display = visitor().signed_in_as(cashier).open(here + "display/")
    till.open(here).has_focus_on("#code").sees(THING, "#tiles").press("F7").sees("A known customer is found")
    till.type("9812345678").press("Tab").type(PERSON).press("Enter").sees(PERSON, "#cart")
    till.has_focus_on("#code").press("F7").sees("A known customer is found").type("98123")
    till.sees(PERSON, "#customers-found")
    till.press("Escape").has_focus_on("#code").scan(shelf.code(shelf.milk)).sees(THING, "#cart")
    display.sees(THING)

    till.press("F4").sees("how will you know it").press("Enter").sees("1 held").has_focus_on("#code")
    till.press("F5").sees(PERSON, "#sheet").press("Enter").sees("0 held").has_focus_on("#code")
    till.press("F2").sees(THING, "#sheet").press("Escape").has_focus_on("#code").press("F6").sees(THING, "#sheet")
    till.press("Escape").has_focus_on("#code").press("F8").sees("Cash received").press("Enter").sees(
        "is paid", "#sheet"
    )
    till.press("Enter").has_focus_on("#code").press("F3").sees("Bills", "#sheet").press("1").sees(PERSON, "#sheet")
    till.press("Tab", "Enter").sees(THING, "#sheet").press("2").sees("Can come back", "#sheet").sees(THING, "#sheet")
    holds_no_markup(till)

    with transaction.atomic():
        bill = Bill.objects.get()
        public = paper_address(committed_shop.org.pk, bill.pk).partition("/b/")[2]
    till.open(f"/{committed_shop.org.slug}/bills/{bill.pk}/receipt/").sees(THING).sees(PERSON)
    holds_no_markup(till)
    till.open(f"/b/{public}").sees(THING)
    holds_no_markup(till)
    holds_no_markup(display)
