"""The month pack of GSTR-1: for each registration of an organization its file, its sections and its check."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from billing.reports.gst import rows
from billing.reports.gst.checks import FilingProblem, problems
from billing.reports.gst.gstr1 import Gstr1, gstr1
from billing.reports.gst.portal import portal_json
from billing.reports.period import Period
from pantrypal.core.api.csv import as_cell
from pantrypal.core.models import Store

SECTIONS: dict[str, Callable[[Gstr1], Sequence[msgspec.Struct]]] = {
    "b2b": rows.b2b,
    "b2cl": rows.b2cl,
    "b2cs": rows.b2cs,
    "cdnr": rows.cdnr,
    "cdnur": rows.cdnur,
    "nil": rows.nil,
    "hsn": rows.hsn,
    "docs": rows.issued,
}
# The portal takes no amounts as text.
AS_NUMBERS = msgspec.json.Encoder(decimal_format="number")
UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Pack:
    """What one registration files for the month; `gstin` is empty for stores that have none, which is a problem."""

    gstin: str
    period: Period
    result: Gstr1
    problems: Sequence[FilingProblem]

    @property
    def portal_file(self) -> bytes:
        """The JSON that the portal's offline tool takes."""
        return AS_NUMBERS.encode(portal_json(self.result, gstin=self.gstin, month=self.period.first))


def by_registration(stores: Sequence[Store]) -> dict[str, list[Store]]:
    """The stores of each GSTIN; a store without one of its own is registered with its organization."""
    found: dict[str, list[Store]] = {}
    for store in stores:
        found.setdefault(store.own_gstin, []).append(store)
    return dict(sorted(found.items())) or {"": []}


def packs(period: Period) -> list[Pack]:
    """One for each registration of the period's stores; the period is a calendar month."""
    return [_pack(gstin, replace(period, stores=stores)) for gstin, stores in by_registration(period.stores).items()]


def _pack(gstin: str, period: Period) -> Pack:
    result = gstr1(period)
    return Pack(gstin, period, result, problems(period, result, gstin=gstin))


def pack_zip(of_month: Sequence[Pack]) -> bytes:
    """A folder for each registration: the portal's file, each section as CSV, and what is wrong, if anything is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for pack in of_month:
            folder = pack.gstin or UNREGISTERED
            _add(archive, f"{folder}/gstr1-{pack.period.first:%m%Y}.json", pack.portal_file, pack.period.last)
            for name, section in SECTIONS.items():
                _add(archive, f"{folder}/{name}.csv", _as_csv(section(pack.result)), pack.period.last)
            _add(archive, f"{folder}/check.csv", _as_csv(pack.problems), pack.period.last)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, day: date) -> None:
    """Dated by the month, so that the same figures make the same file."""
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _as_csv(found: Sequence[msgspec.Struct]) -> bytes:
    """With the names of the fields on top; nothing at all where there is nothing."""
    out = io.StringIO()
    if found:
        writer = csv.writer(out)
        writer.writerow(found[0].__struct_fields__)
        writer.writerows([as_cell(getattr(row, name)) for name in row.__struct_fields__] for row in found)
    return out.getvalue().encode()
