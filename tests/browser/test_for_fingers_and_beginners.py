from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import segno
from django.db import transaction

from catalog.models import Product
from tests.browser.shelf import Shelf
from tests.browser.visitor import SIZES, Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]


def address_of(shop: Shop) -> str:
    return f"/{shop.org.slug}/till/{shop.register.pk}/"


def test_a_finger_sells_a_favourite_on_a_tablet(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    with transaction.atomic():
        Product.objects.filter(pk=shelf.milk.pk).update(till_position=1)
        Product.objects.filter(pk=shelf.salt.pk).update(till_position=2)
    till.do(lambda page: page.set_viewport_size({"width": 768, "height": 1024}))
    till.open(address_of(committed_shop)).sees("Milk 500 ml", ".tiles")
    till.do(lambda page: page.locator(".tile").first.click())

    till.sees("₹28.00", "#total").is_accessible().shoots("till-tiles", *SIZES).shoots("till-tiles", scheme="dark")


def test_the_first_steps_are_shown_once(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.sees("Everything begins here", "#tour").is_accessible().shoots("till-tour")
    for _step in range(4):
        till.do(lambda page: page.locator("[data-tour-next]").click())
    till.sees_no("#tour").has_focus_on("#code").open(address_of(committed_shop)).has_focus_on("#code").sees_no("#tour")


def test_an_owner_adds_an_unknown_product_and_sells_it(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    till = visitor().signed_in_as(committed_shop.owner).open(address_of(committed_shop)).has_focus_on("#code")
    till.scan("9520000999995").sees("There is no product", "#notice").press("Alt+n").sees("New product", "#sheet")
    till.is_accessible().shoots("till-quick-add")
    till.type("Jaggery 1 kg").press("Tab").type("60").press("Enter")

    till.sees("Jaggery 1 kg", "#cart").sees("₹60.00", "#total").has_focus_on("#code")
    with transaction.atomic():
        made = Product.objects.get(name="Jaggery 1 kg")
        assert (made.price, made.barcodes.get().shown, made.tracks_stock) == (Decimal("60.00"), "9520000999995", False)


def test_a_phone_scans_with_its_camera(committed_shop: Shop, shelf: Shelf, till: Visitor, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    segno.make(shelf.code(shelf.dal)).save(picture, scale=8)
    till.open(address_of(committed_shop) + "camera/").sees("Take a picture of the code instead")
    till.is_accessible().shoots("till-camera", "390x844")
    till.do(lambda page: page.set_input_files("#picture", picture))

    till.sees("Toor dal 1 kg, 1, ₹168.00. Total ₹168.00", "[data-said]")
    till.open(address_of(committed_shop)).sees("₹168.00", "#total")
