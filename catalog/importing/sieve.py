"""The rules between the rows of one list.

One item, several rows     they are one product. The first row says what it is; a later one adds its barcode,
                           and is refused where it asks another price for the same item.
One barcode, several items the second item is refused with the line of the first, or, by choice, merged into
                           it: its row adds nothing but counts as taken over.
The same row again         taken over, without effect.

Memory: of each item and barcode two whole numbers, so that half a million rows stay small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from catalog.importing.candidates import Candidate, RowReader
from catalog.importing.reasons import Rejection
from catalog.importing.settings import MERGE, Settings
from pantrypal.core.tables import Row

LINE = 32  # bits of an item's number that are the hash of its price; the rest is its line
PRICE = (1 << LINE) - 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A row to be taken over. `adds_only_codes`: an earlier row has said what the product is."""

    candidate: Candidate
    adds_only_codes: bool = False


class Sieve:
    """`remarks` counts what was remarkable about the rows taken over."""

    def __init__(self, settings: Settings, *, places: int, mrp_ceiling: bool) -> None:
        self.settings = settings
        self.reader = RowReader(settings, places=places, mrp_ceiling=mrp_ceiling)
        self.items: dict[int, int] = {}
        self.holders: dict[int, int] = {}
        self.merged_into: dict[str, str] = {}
        self.skus: dict[int, str] = {}  # filled only where barcodes are merged
        self.remarks: Counter[str] = Counter()

    def outcomes(self, rows: Iterable[Row]) -> Iterator[Taken | Rejection]:
        """One for each row below the header, in their order."""
        for row in rows:
            if row.line > self.settings.header:
                found = self.reader.read(row)
                outcome = found if isinstance(found, Rejection) else self._judged(found)
                if isinstance(outcome, Taken):
                    self.remarks.update(outcome.candidate.remarks)
                yield outcome

    def _judged(self, candidate: Candidate) -> Taken | Rejection:
        sku = self.merged_into.get(candidate.sku, candidate.sku)
        holder = self._holder(candidate, sku)
        if holder is not None:
            line, price = self.items[holder] >> LINE, self.items[holder] & PRICE
            if self.settings.same_barcode != MERGE:
                return self._refused(candidate, "barcode_repeated", line)
            if price != hash(candidate.price) & PRICE:
                return self._refused(candidate, "item_price_differs", line)
            sku = self.merged_into[candidate.sku] = self.skus[holder]
            candidate = replace(candidate, remarks=(*candidate.remarks, "merged"))
        return self._of_item(candidate, sku)

    def _holder(self, candidate: Candidate, sku: str) -> int | None:
        """The item of an earlier row that has one of the barcodes."""
        item = hash(sku)
        holders = (self.holders.get(hash(code.code)) for code in candidate.codes)
        return next((holder for holder in holders if holder not in (None, item)), None)

    def _of_item(self, candidate: Candidate, sku: str) -> Taken | Rejection:
        item, price = hash(sku), hash(candidate.price) & PRICE
        known = self.items.get(item)
        if known is not None and known & PRICE != price:
            return self._refused(candidate, "item_price_differs", known >> LINE)
        if known is None:
            self.items[item] = candidate.line << LINE | price
            if self.settings.same_barcode == MERGE:
                self.skus[item] = sku
        new = [code for code in candidate.codes if hash(code.code) not in self.holders]
        self.holders |= {hash(code.code): item for code in new}
        if known is None:
            return Taken(candidate)
        remark = "repeated_item" if new else "repeated_row"
        return Taken(replace(candidate, sku=sku, remarks=(*candidate.remarks, remark)), adds_only_codes=True)

    def _refused(self, candidate: Candidate, code: str, line: int) -> Rejection:
        return Rejection(candidate.line, code, candidate.cells, {"line": line})
