"""What a printer is tried with: its width, its letters, large and small, and the blade. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from billing.escpos.settings import PrinterSettings

LETTERS = "ABC abc 0123456789 ₹ £ é ñ ü"
OTHER_SCRIPTS = "नमस्ते"


def sample_bytes(settings: PrinterSettings, *, place: str) -> bytes:
    """`place`: whose printer it is. Every line must be whole, and the figures at both edges to be seen."""
    printer = settings.printer()
    printer.line("PantryPal", is_large=True, is_centred=True)
    printer.line(place, is_centred=True)
    printer.rule()
    printer.pair(_("Paper"), f"{settings.paper} mm")
    printer.pair(_("Letters"), settings.code_page)
    printer.line(("1234567890" * 5)[: printer.columns])
    printer.line(LETTERS)
    printer.line(OTHER_SCRIPTS)
    printer.rule()
    printer.line(_("If this is whole and can be read, the printer is set right."))
    printer.feed(1)
    printer.cut()
    return bytes(printer.sent)


def pulse_bytes() -> bytes:
    """What opens a drawer that hangs on the printer, and prints nothing."""
    printer = PrinterSettings(80, "cp437", True).printer()
    printer.open_drawer()
    return bytes(printer.sent)
