"""How a receipt printer is set: how much fits on its paper, and which letters it has. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from billing.escpos.encoder import Printer
from billing.escpos.pictures import draw
from billing.models import Register

# Letters of font A and dots on a line, by the paper's width in millimetres.
COLUMNS = {80: 48, 58: 32}
DOTS = {80: 576, 58: 384}


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """`paper` in millimetres; `code_page` by Python's name; `opens_drawer`: the drawer hangs on this printer."""

    paper: int
    code_page: str
    opens_drawer: bool

    def printer(self) -> Printer:
        """One that has been sent nothing yet but how it is set."""
        return Printer(columns=COLUMNS[self.paper], dots=DOTS[self.paper], code_page=self.code_page, draw=draw)


def settings_of(register: Register, *, paper: int | None = None, code_page: str = "") -> PrinterSettings:
    """The register's, but for what a device says of the printer that stands beside it."""
    return PrinterSettings(paper or register.paper, code_page or register.code_page, register.opens_drawer)
