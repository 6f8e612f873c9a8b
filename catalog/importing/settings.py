"""All that has been recognised or chosen about one list."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from catalog.importing.columns import Column
from pantrypal.core.tables import Layout

MAJOR, MINOR = "major", "minor"  # rupees, paise
REFUSE, MERGE = "refuse", "merge"
USE = "use"


@dataclass(frozen=True, slots=True)
class Settings:
    """`columns` says where each column stands, from 0; `header` is the number of the header's row, 0 for none.

    money           "major" or "minor": are 4900 forty-nine rupees in paise?
    same_barcode    a barcode that another item of the list has: "refuse" the row, or "merge" it into that item
    promotion_price where the price is missing or 0 and the list has one for a promotion: "use" it, or "refuse"
    fix_zeros       put back the leading zero that a spreadsheet took from a UPC
    faithful        a list of our own making: text is taken to the letter
    tax_class       code of the class for rows that name none
    """

    layout: Layout
    header: int = 0
    columns: dict[Column, int] = field(default_factory=dict)
    decimal_mark: str = "."
    money: str = MAJOR
    same_barcode: str = REFUSE
    promotion_price: str = USE
    fix_zeros: bool = False
    faithful: bool = False
    tax_class: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"layout": self.layout.as_json(), "columns": {str(c): n for c, n in self.columns.items()}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Settings:
        columns = {Column(name): place for name, place in data["columns"].items()}
        return cls(**{**data, "layout": Layout.from_json(data["layout"]), "columns": columns})

    def chosen(self, **choices: Any) -> Settings:
        return replace(self, **choices)
