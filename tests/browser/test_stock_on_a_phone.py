"""The storeroom with a phone in the hand: counted, and written off, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import segno
from django.db import transaction

from inventory.models import CountScan, StockMove, Transfer
from pantrypal.core.operations.organizations import create_store
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import NOON, Shop

PHONE = "390x844"
Visit = Callable[..., Visitor]


def test_a_shelf_is_counted_by_scanning(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    phone = visitor(PHONE).signed_in_as(committed_shop.owner).open(f"/{committed_shop.org.slug}/stock/")
    phone.sees("Begin a count").is_accessible().shoots("phone-stock", PHONE)

    phone.do(lambda page: page.get_by_role("button", name="Begin a count").click())
    phone.sees("Scan the first thing").has_focus_on("#code").is_accessible()
    phone.scan(shelf.code(shelf.dal)).sees("Toor dal 1 kg", "#work").has_focus_on("#code")
    phone.do(lambda page: page.fill("#number", "19"))
    phone.do(lambda page: page.get_by_role("button", name="That many").click())
    phone.sees("19", ".phone-figure")
    phone.scan("nothing").sees("There is no product “nothing”.")
    phone.scan(shelf.code(shelf.milk)).sees("Milk 500 ml", ".phone-thing-name")
    phone.do(lambda page: page.get_by_role("button", name="Undo").click())
    phone.sees("Toor dal 1 kg", ".phone-thing-name").sees("19 in all", ".phone-progress")
    phone.is_accessible().shoots("phone-count", PHONE).shoots("phone-count", PHONE, scheme="dark")

    with transaction.atomic():
        assert sum(CountScan.objects.values_list("quantity", flat=True)) == Decimal(19)


def test_what_broke_is_written_off_by_scanning(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    home = f"/{committed_shop.org.slug}/stock/B1/"
    phone = visitor(PHONE).signed_in_as(committed_shop.owner).open(f"{home}write-off/")

    phone.scan(shelf.code(shelf.salt)).sees("Salt 1 kg", ".phone-thing-name")
    phone.do(lambda page: page.get_by_role("button", name="One more").click())
    phone.sees("2", ".phone-figure").is_accessible().shoots("phone-write-off", PHONE)
    phone.do(lambda page: page.locator('button[value="done"]').click())

    phone.sees("1 product is written off.")
    with transaction.atomic():
        move = StockMove.objects.get(kind="damage")
        assert (move.product_id, move.quantity) == (shelf.salt.pk, Decimal(-2))


def test_another_store_is_asked_with_the_camera(
    committed_shop: Shop, shelf: Shelf, visitor: Visit, tmp_path: Path
) -> None:
    shop, picture = committed_shop, tmp_path / "code.png"
    segno.make(shelf.code(shelf.dal)).save(picture, scale=8)
    with transaction.atomic():
        other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    phone = visitor(PHONE).signed_in_as(shop.owner).open(f"/{shop.org.slug}/stock/B2/")
    phone.do(lambda page: page.get_by_role("link", name="Ask another store for goods").click())
    phone.sees_no("#picture").do(lambda page: page.get_by_role("button", name="Scan with the camera").click())
    phone.sees("Take a picture of the code instead")
    phone.do(lambda page: page.set_input_files("#picture", picture))

    phone.sees("Toor dal 1 kg", ".phone-thing-name").sees("there", ".phone-pick").is_accessible()
    phone.shoots("phone-ask", PHONE)
    phone.do(lambda page: page.get_by_role("button", name="Ask for it").click())

    phone.sees("Koramangala is asked: transfer")
    with transaction.atomic():
        asked = Transfer.objects.get()
        assert (asked.to_store_id, asked.status) == (other.pk, "requested")
        assert [(line.product_id, line.quantity) for line in asked.lines.all()] == [(shelf.dal.pk, Decimal(1))]
