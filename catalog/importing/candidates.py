"""One row of a list -> a candidate product, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from catalog.importing.codes import BadCode, Code, CodeKind, code_of, parts_of, stated_code
from catalog.importing.columns import Column
from catalog.importing.numbers import number
from catalog.importing.reasons import Rejection
from catalog.importing.settings import MINOR, USE, Settings
from catalog.importing.units import WEIGHED, unit_of
from pantrypal.core.money import round_money
from pantrypal.core.tables import Row

LARGEST = Decimal(10) ** 12
LONGEST = {Column.BRAND: 120, Column.CATEGORY: 600, Column.SUBCATEGORY: 120, Column.TAX_CLASS: 20, Column.FAMILY: 120}
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
NAMES = {"hi": Column.NAME_HI, "ta": Column.NAME_TA, "te": Column.NAME_TE, "kn": Column.NAME_KN}
LONGEST |= dict.fromkeys(NAMES.values(), 200)
PATH_MARK = " › "
YES, NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


class Unfit(ValueError):
    """The row cannot be taken over; `code` is one of the reasons."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code, self.data = code, data


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row says of a product. None: the list does not say, and a product that exists keeps its own.

    `sku` may be made up (`has_own_sku` is False) from the barcode or the name; the product is then looked
    for by its barcode first.
    """

    line: int
    cells: list[str]
    sku: str
    has_own_sku: bool
    name: str
    codes: tuple[Code, ...]
    price: Decimal | None
    values: dict[str, Any] = field(default_factory=dict)
    brand: str | None = None
    category: tuple[str, ...] | None = None
    tax_class: str | None = None
    tax_rate: Decimal | None = None
    remarks: tuple[str, ...] = ()


class RowReader:
    """Reads the rows of one list. `places`: decimals of the currency; `mrp_ceiling`: may a price be above its MRP?"""

    def __init__(self, settings: Settings, *, places: int, mrp_ceiling: bool) -> None:
        self.settings, self.places, self.mrp_ceiling = settings, places, mrp_ceiling
        self.columns = settings.columns
        self.has_prices = Column.PRICE in self.columns
        self.unit_is_sold = Column.NET_QUANTITY not in self.columns  # else it is the unit of the net quantity

    def read(self, row: Row) -> Candidate | Rejection:
        try:
            return self._candidate(row)
        except Unfit as problem:
            return Rejection(row.line, problem.code, row.cells, problem.data)
        except BadCode as problem:
            data = {"value": problem.code, "fix": problem.fix, "length": len(problem.code)}
            return Rejection(row.line, problem.problem, row.cells, data)

    def _candidate(self, row: Row) -> Candidate:
        cell = self._cells(row)
        if UNKEEPABLE.search("".join(row.cells)):
            raise Unfit("unkeepable")
        remarks: list[str] = []
        name = self._text(cell, Column.NAME)
        if not name:
            raise Unfit("name_missing")
        if len(name) > 200:
            raise Unfit("name_too_long")
        codes = self._codes(cell, remarks)
        price = self._price(cell, remarks)
        values = self._values(cell, codes)
        self._require_under_mrp(price, values.get("mrp"))
        brand, category = self._text(cell, Column.BRAND), self._category(cell)
        sku, own = self._sku(cell, codes, (name, brand or "", *(category or ())))
        return Candidate(
            row.line, row.cells, sku, own, name, codes, price, values, brand or None, category,
            self._text(cell, Column.TAX_CLASS) or None, self._figure(cell, Column.TAX_RATE), tuple(remarks),
        )  # fmt: skip

    def _cells(self, row: Row) -> Callable[[Column], str]:
        def cell(column: Column) -> str:
            place = self.columns.get(column)
            return row.cells[place] if place is not None and place < len(row.cells) else ""

        return cell

    def _text(self, cell: Callable[[Column], str], column: Column) -> str:
        text = cell(column)
        if not text:
            return ""
        if self.settings.faithful:
            text = text[1:] if text.startswith("'") and self.settings.layout.delimiter else text
        else:
            text = text.replace("\u00a0", " ").strip()
        if len(text) > LONGEST.get(column, 2000):
            raise Unfit("text_too_long", value=text[:50] + "…")
        return text

    def _sku(self, cell: Callable[[Column], str], codes: tuple[Code, ...], told: tuple[str, ...]) -> tuple[str, bool]:
        sku = self._text(cell, Column.SKU).strip()
        if len(sku) > 40:
            raise Unfit("sku_too_long", value=sku[:50])
        if sku:
            return sku, True
        if codes:
            return codes[0].printed[:40], False
        return "N" + sha256("\x1f".join(told).casefold().encode()).hexdigest()[:12].upper(), True

    def _codes(self, cell: Callable[[Column], str], remarks: list[str]) -> tuple[Code, ...]:
        if kind := cell(Column.BARCODE_KIND):
            return (self._stated_code(cell, kind),)
        parts = parts_of(cell(Column.BARCODE))
        if not parts:
            remarks.append("no_barcode")
            return ()
        by_weight = unit_of(cell(Column.UNIT)) == "kg"
        codes = tuple(code_of(part, by_weight=by_weight, fix_zeros=self.settings.fix_zeros) for part in parts)
        for code, part in zip(codes, parts, strict=True):
            if code.label:
                remarks.append("scale_label")
            elif code.kind != CodeKind.GTIN:
                remarks.append("short_code")
            elif len(part) == 11:
                remarks.append("zero_restored")
        return tuple(dict.fromkeys(codes))

    def _stated_code(self, cell: Callable[[Column], str], kind: str) -> Code:
        found = stated_code(self._text(cell, Column.BARCODE), kind.strip())
        quantity = self._figure(cell, Column.PACK_QUANTITY)
        if quantity is not None and (not quantity or quantity != round(quantity, 3)):
            raise Unfit("bad_choice", value=str(quantity))
        price = self._money(cell, Column.PACK_PRICE)
        return Code(found.code, found.kind, quantity or Decimal(1), price, is_stated=True)

    # -- figures --------------------------------------------------------------------------------

    def _price(self, cell: Callable[[Column], str], remarks: list[str]) -> Decimal | None:
        if not self.has_prices:
            remarks.append("no_prices")
            return None
        price = self._money(cell, Column.PRICE)
        if price or self.settings.faithful:
            return price
        promotion = self._money(cell, Column.PROMOTION_PRICE) if self.settings.promotion_price == USE else None
        if promotion:
            remarks.append("promotion_price_used")
            return promotion
        raise Unfit("price_missing" if price is None else "price_zero")

    def _money(self, cell: Callable[[Column], str], column: Column) -> Decimal | None:
        amount = self._figure(cell, column)
        if amount is None:
            return None
        if self.settings.money == MINOR:
            amount = amount.scaleb(-self.places)
        if amount != round_money(amount, self.places):
            raise Unfit("too_precise", value=str(amount))
        return round_money(amount, self.places)

    def _figure(self, cell: Callable[[Column], str], column: Column) -> Decimal | None:
        text = cell(column)
        if not text:
            return None
        try:
            figure = number(text.rstrip(" %"), self.settings.decimal_mark)
        except ValueError:
            raise Unfit("not_a_number", value=text.strip()[:50]) from None
        if figure is not None and figure < 0:
            raise Unfit("negative", value=text.strip())
        if figure is not None and figure >= LARGEST:
            raise Unfit("too_large", value=text.strip()[:50])
        return figure

    def _require_under_mrp(self, price: Decimal | None, mrp: Decimal | None) -> None:
        if self.mrp_ceiling and price is not None and mrp is not None and price > mrp:
            raise Unfit("price_above_mrp", price=str(price), mrp=str(mrp))

    # -- everything else ------------------------------------------------------------------------

    def _values(self, cell: Callable[[Column], str], codes: tuple[Code, ...]) -> dict[str, Any]:
        """Fields of the product that the row fills."""
        values: dict[str, Any] = {
            "mrp": self._money(cell, Column.MRP) or None,
            "cost": self._figure(cell, Column.COST),
            "hsn": self._hsn(cell),
            "description": self._text(cell, Column.DESCRIPTION) or None,
            "names": {code: name for code, column in NAMES.items() if (name := self._text(cell, column))} or None,
            "family": self._text(cell, Column.FAMILY) or None,
            "options": self._options(cell),
            "age_limit": self._whole(cell, Column.AGE_LIMIT),
            "tracks_stock": self._choice(cell, Column.TRACKS_STOCK),
            "tracks_lots": self._choice(cell, Column.TRACKS_LOTS),
            "active": self._choice(cell, Column.ACTIVE),
        }
        values |= self._how_sold(cell, codes)
        return {name: value for name, value in values.items() if value is not None}

    def _how_sold(self, cell: Callable[[Column], str], codes: tuple[Code, ...]) -> dict[str, Any]:
        if any(code.label for code in codes) and not self.settings.faithful:
            return {"unit": "kg", "sold_by": "weight"}
        stated = cell(Column.UNIT).strip()
        if not stated or not self.unit_is_sold:
            return {}
        unit = unit_of(stated)
        if not unit:
            raise Unfit("bad_unit", value=stated[:50])
        sold_by = cell(Column.SOLD_BY).strip()
        if sold_by not in ("", "each", "weight"):
            raise Unfit("bad_choice", value=sold_by[:50])
        return {"unit": unit, "sold_by": sold_by or ("weight" if unit in WEIGHED else "each")}

    def _options(self, cell: Callable[[Column], str]) -> dict[str, str] | None:
        """What a variant differs in, one line each: “Size: M”."""
        parts = [line.partition(": ") for line in self._text(cell, Column.OPTIONS).splitlines()]
        if any(not (name and mark and value) for name, mark, value in parts):
            raise Unfit("bad_choice", value=cell(Column.OPTIONS)[:50])
        return {name: value for name, _mark, value in parts} or None

    def _hsn(self, cell: Callable[[Column], str]) -> str | None:
        text = cell(Column.HSN)
        if not text:
            return None
        hsn = re.sub(r"[\s.]", "", text).removeprefix("'")
        if hsn and not (hsn.isascii() and hsn.isdigit() and len(hsn) in (4, 6, 8)):
            raise Unfit("bad_hsn", value=hsn[:50], length=len(hsn))
        return hsn or None

    def _category(self, cell: Callable[[Column], str]) -> tuple[str, ...] | None:
        first, second = self._text(cell, Column.CATEGORY), self._text(cell, Column.SUBCATEGORY)
        path = tuple(name for name in (*first.split(PATH_MARK), second) if name)
        if any(len(name) > 120 for name in path):
            raise Unfit("text_too_long", value=max(path, key=len)[:50] + "…")
        return path or None

    def _whole(self, cell: Callable[[Column], str], column: Column) -> int | None:
        figure = self._figure(cell, column)
        if figure is None:
            return None
        if figure != int(figure) or figure > 150:
            raise Unfit("bad_choice", value=str(figure))
        return int(figure)

    def _choice(self, cell: Callable[[Column], str], column: Column) -> bool | None:
        text = cell(column)
        if not text:
            return None
        text = text.strip().casefold()
        if text in YES | NO:
            return text in YES
        if text:
            raise Unfit("bad_choice", value=text[:50])
        return None
