"""Every application identifier that GS1 defines, from its own syntax dictionary."""

from __future__ import annotations

import re
from datetime import date

import pytest

from catalog.gtin import check_digit
from catalog.refusals import UnreadableCode
from catalog.scan import parse_scan
from tests import data

TODAY = date(2026, 3, 2)
GS = "\x1d"
GTIN = "08901030865275"


def entries() -> list[tuple[str, bool, list[str]]]:
    """AI, whether it is of fixed length, its components such as N6,yymmd0."""
    found = []
    for line in data.text("gs1/gs1-syntax-dictionary.txt").splitlines():
        form = re.match(r"(\d+)(?:-(\d+))?\s+([*?]*)\s+(.*?)\s*#", line)
        if form:
            first, last, flags, rest = form.groups()
            words = rest.split()
            components = [word for word in words if re.match(r"\[?[NXYZ]\.*\d", word)]
            numbers = range(int(first), int(last or first) + 1)
            found += [(str(number).zfill(len(first)), "*" in flags, components) for number in numbers]
    return found


SAMPLES = {
    "yymmd0": "270228", "yymmdd": "270228", "hhmi": "1230", "hh": "12", "mi": "30", "ss": "59", "csum": None,
    "iso3166": "356", "iso3166999": "356", "iso3166alpha2": "IN", "iso4217": "356", "yesno": "1", "hyphen": "-",
    "yyyymmdd": "20270228", "pieceoftotal": "0102", "latitude": "1234567890", "longitude": "1234567890",
}  # fmt: skip


def sample_of(component: str) -> str:
    """A value that the component allows, as long as it may be."""
    form, *linters = component.strip("[]").replace("],", ",").split(",")
    kind, most = form[0], int(re.sub(r"\D", "", form))
    for linter in linters:
        if linter == "csum":
            body = "1" * (most - 1)
            return body + check_digit(body)
        if SAMPLES.get(linter):
            return str(SAMPLES[linter])
    return ("1" if kind == "N" else "A") * most


# What a shop's scan may not hold together with a GTIN, by GS1's own rules; or what counts as nothing.
APART = {"00", "01", "02", "03", "255", "37"}
DEFINED = [entry for entry in entries() if entry[0] not in APART and not entry[0].startswith(("800", "43", "72"))]


@pytest.mark.parametrize("entry", DEFINED, ids=lambda entry: entry[0])
def test_every_identifier_of_gs1_may_stand_beside_a_product(entry: tuple[str, bool, list[str]]) -> None:
    ai, is_fixed, components = entry
    value = "".join(sample_of(component) for component in components)
    end = "" if is_fixed else GS

    assert parse_scan(f"]C1{ai}{value}{end}01{GTIN}", today=TODAY, layouts={})[0].codes == (GTIN,)


@pytest.mark.parametrize("entry", [entry for entry in DEFINED if not entry[1]], ids=lambda entry: entry[0])
def test_a_part_that_is_longer_than_gs1_allows_is_refused(entry: tuple[str, bool, list[str]]) -> None:
    ai, _is_fixed, components = entry
    value = "".join(sample_of(component) for component in components)

    with pytest.raises(UnreadableCode):
        parse_scan(f"]C1{ai}{value}{value[-1]}{GS}01{GTIN}", today=TODAY, layouts={})
