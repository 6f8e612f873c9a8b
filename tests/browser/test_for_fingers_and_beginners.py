from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import segno
from django.db import transaction
from PIL import Image
from playwright.sync_api import expect

from catalog.models import Category, Product
from catalog.operations.pictures import remove_picture, set_picture
from tests.browser.shelf import Shelf
from tests.browser.visitor import SIZES, Visitor
from tests.shop import NOON, Shop

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


def test_a_finger_finds_goods_by_their_category(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    with transaction.atomic():
        food = Category.objects.create(name="Food")
        rice = Category.objects.create(name="Rice and pulses", parent=food)
        Product.objects.filter(pk__in=[shelf.dal.pk, shelf.salt.pk]).update(category=rice)
        Product.objects.filter(pk=shelf.milk.pk).update(category=food)
        for number in range(25):
            committed_shop.product(f"Rice {number:02}", category=rice)
        set_picture(shelf.dal, a_picture(), actor=committed_shop.actor, at=NOON)
    till = visitor("768x1024", has_touch=True, is_mobile=True).signed_in_as(committed_shop.owner)
    till.open(address_of(committed_shop)).sees("No favourites yet", "#tiles")
    till.tap("All goods").sees("28 products", "#tiles").is_accessible()
    till.shoots("till-categories", "768x1024", "1366x768")
    till.tap("Food").sees("Milk 500 ml", "#tiles").tap("Rice and pulses").sees("Rice 00", "#tiles")
    till.is_accessible().shoots("till-category", *SIZES).shoots("till-category", scheme="dark")
    till.tap("Next page").sees("Toor dal 1 kg", "#tiles").tap("Toor dal 1 kg").sees("₹168.00", "#total")
    till.do(lambda page: expect(page.locator("img.tile-picture")).to_have_js_property("naturalWidth", 64))

    till.tap("Back").sees("Rice 00", "#tiles").tap("Back").sees("Milk 500 ml", "#tiles").tap("Back")
    till.sees("28 products", "#tiles").sees("₹168.00", "#total").sees_no("#notice .notice")
    till.do(lambda page: page.locator(".line-name").tap())
    till.sees("28 products", "#tiles").sees_no("#notice .notice")
    with transaction.atomic():
        remove_picture(shelf.dal, actor=committed_shop.actor, at=NOON)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "#b3541e").save(out, "PNG")
    return out.getvalue()


def test_the_first_steps_never_lie_over_the_work(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").sees("Everything begins here", "#tour")
    for size in ((1366, 768), (1024, 600), (768, 1024), (390, 844)):
        till.do(lambda page, size=size: page.set_viewport_size({"width": size[0], "height": size[1]}))
        boxes = [till.do(lambda page, part=part: page.locator(part).bounding_box()) for part in (".till", "#tour")]
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
        assert boxes[1]["y"] + boxes[1]["height"] <= size[1]
    till.is_accessible().shoots("till-tour", *SIZES)


def test_the_first_steps_are_shown_once(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.sees("Everything begins here", "#tour").is_accessible()
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
