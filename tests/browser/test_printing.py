"""Receipts on a printer that the browser reaches itself: the very bytes, the drawer, and what happens without one."""

from __future__ import annotations

from django.db import transaction
from django.test import override_settings

from billing.documents import bill_document
from billing.escpos.receipt import receipt_bytes
from billing.escpos.sample import pulse_bytes, sample_bytes
from billing.escpos.settings import PrinterSettings
from billing.models import Bill
from billing.queries import posted_bill
from tests.browser.printers import browser_prints_once, plug_in_printers, printed, switch_off, ways_taken
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop

CUT = b"\x1dVA\x03"
KICK = b"\x1bp0\x3c\x78"
NARROW = PrinterSettings(58, "cp858", True)
WIDE = PrinterSettings(80, "cp437", True)


def receipt_of_the_bill(shop: Shop, till: Visitor, settings: PrinterSettings) -> bytes:
    """As the site prints it, whose address is in the code."""
    with transaction.atomic(), override_settings(SITE_URL=till.site.address):
        posted = posted_bill(Bill.objects.get().pk)
        assert posted is not None
        return receipt_bytes(bill_document(posted, store=shop.store), settings)


def printer_page(shop: Shop) -> str:
    return f"/{shop.org.slug}/till/{shop.register.pk}/printer/"


def test_a_receipt_goes_to_the_usb_printer_is_cut_and_opens_the_drawer(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    plug_in_printers(till)
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").has_focus_on("#code")
    till.press("F3").sees("receipt printer", "#sheet").press("p").sees("Who prints receipts?").is_accessible()
    till.shoots("printer", "1366x768", "390x844").do(lambda page: page.get_by_label("on USB, directly").check())
    till.do(lambda page: page.get_by_role("button", name="Choose the printer").click())
    till.sees("Chosen: TM-T20").is_accessible()
    till.do(lambda page: page.get_by_label("Paper").select_option("58"))
    till.do(lambda page: page.get_by_label("Letters of the printer").select_option("cp858"))
    till.shoots("printer-usb", "1366x768", "390x844").shoots("printer-usb", scheme="dark")
    till.do(lambda page: page.get_by_role("button", name="Print a test").click())
    assert printed(till, 1) == [sample_bytes(NARROW, place="Koramangala · Counter A")]
    till.sees("Sent. Compare the print").is_accessible()
    assert ways_taken(till) == ["interface 1", "endpoint 3"]

    till.do(lambda page: page.get_by_role("link", name="Back to the till").click())
    till.has_focus_on("#code").scan(shelf.code(shelf.salt)).sees("₹24.00", "#total")
    till.press("F8").sees("Cash received").type("50").press("Enter").sees("is paid", "#sheet")
    pulse, receipt = printed(till, 2)
    assert (pulse, receipt) == (pulse_bytes(), receipt_of_the_bill(committed_shop, till, NARROW))
    assert pulse.endswith(KICK)
    assert receipt.endswith(CUT)
    assert KICK not in receipt


def test_a_receipt_goes_to_a_serial_port_and_no_drawer_opens_for_a_card(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    plug_in_printers(till)
    till.open(printer_page(committed_shop))
    till.do(lambda page: page.get_by_label("on a serial port").check())
    till.do(lambda page: page.get_by_label("Speed (baud)").select_option("19200"))
    till.do(lambda page: page.get_by_role("button", name="Choose the printer").click())
    till.sees("Chosen: COM").shoots("printer-serial")
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").has_focus_on("#code")

    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").press("F10").sees("Approval code").press("Enter")
    till.sees("is paid", "#sheet")
    assert printed(till, 1) == [receipt_of_the_bill(committed_shop, till, WIDE)]
    assert ways_taken(till) == ["19200 baud"]

    till.press("Enter").has_focus_on("#code").press("F3").sees("Bills", "#sheet").press("1").sees("Number", "#sheet")
    till.press("Tab", "Enter").sees("Print again", "#sheet").press("1")
    assert printed(till, 2)[1] == receipt_of_the_bill(committed_shop, till, WIDE)
    till.press("Escape").has_focus_on("#code")

    till.press("F3").sees("Bills", "#sheet").press("2").sees("Write it down").type("100").press("Tab").type("change")
    till.press("Enter").has_focus_on("#code")
    assert printed(till, 3)[2] == pulse_bytes()


def test_a_printer_that_is_off_is_told_and_the_browser_prints(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    plug_in_printers(till)
    till.open(printer_page(committed_shop))
    till.do(lambda page: page.get_by_label("on USB, directly").check())
    till.do(lambda page: page.get_by_role("button", name="Choose the printer").click())
    till.sees("Chosen: TM-T20")
    switch_off(till)
    till.do(lambda page: page.get_by_role("button", name="Print a test").click())
    till.sees("does not answer").is_accessible()
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").has_focus_on("#code")
    switch_off(till)

    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").press("F10").sees("Approval code").press("Enter")
    till.sees("The browser prints the receipt instead.", "#sheet").is_accessible().shoots("printer-off")
    browser_prints_once(till)


def test_without_a_printer_of_its_own_the_browser_prints_once(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    plug_in_printers(till)
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").has_focus_on("#code")
    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").press("F8").sees("Cash received").press("Enter")

    till.sees("is paid", "#sheet")
    browser_prints_once(till)
    assert printed(till, 0) == []
