"""Links for UPI apps, against examples of the linking specification."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import typst
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from billing.codes import qr_svg
from billing.upi import upi_link
from pantrypal.core.errors import Invalid
from tests import data

NAMES = {"pa": "payee", "pn": "name", "tr": "reference", "cu": "currency", "tn": "note"}


def asked(link: str) -> dict[str, Any]:
    """What one would have to ask for to get this link."""
    query = dict(parse_qsl(urlsplit(link).query))
    values: dict[str, Any] = {"payee": ""} | {NAMES[key]: value for key, value in query.items() if key in NAMES}
    if "am" in query:
        values["amount"] = Decimal(query["am"].replace(",", "_"))
    return values


def test_every_acceptable_link_of_ours_is_made_letter_by_letter() -> None:
    links = [row["link"] for row in data.rows("gst_in/upi_link_vectors.csv") if row["acceptable"] == "1"]

    made = [upi_link(**asked(link)) for link in links]

    # The first one, of another shop, has parts that we leave out.
    assert made[1:] == links[1:]
    assert (
        made[0]
        == "upi://pay?pa=nadeem@npci&pn=nadeem%20chinna&tr=4894398cndhcd23&am=10.00&cu=INR&tn=Pay%20to%20mystar%20store"
    )


def test_no_unacceptable_link_can_be_made() -> None:
    for row in data.rows("gst_in/upi_link_vectors.csv"):
        if row["acceptable"] == "0":
            try:
                made = upi_link(**asked(row["link"]))
            except Invalid:
                continue
            assert made != row["link"], row["note"]


@pytest.mark.parametrize("amount", ["0", "-10.00", "10.005", "NaN", "Infinity"])
def test_an_amount_is_above_zero_and_whole_paise(amount: str) -> None:
    with pytest.raises(Invalid, match="above zero, to the paisa"):
        upi_link(payee="store@okbank", name="X", amount=Decimal(amount))


@pytest.mark.parametrize("payee", ["", "store", "store@", "@bank", "a b@bank", "store@bank&am=1", "store@@bank"])
def test_the_payee_is_a_upi_id(payee: str) -> None:
    with pytest.raises(Invalid, match="is not a UPI id"):
        upi_link(payee=payee, name="X")


@given(
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    paise=st.integers(1, 10**9),
    reference=st.from_regex(r"[A-Za-z0-9]{1,35}", fullmatch=True),
)
def test_whatever_the_name_of_a_shop_a_phone_reads_back_what_was_asked(name: str, paise: int, reference: str) -> None:
    amount = Decimal(paise).scaleb(-2)

    read = dict(
        parse_qsl(urlsplit(upi_link(payee="store@okbank", name=name, amount=amount, reference=reference)).query)
    )

    assert read["pn"] == name
    assert Decimal(read["am"]) == amount
    assert read["am"][-3] == "."
    assert (read["pa"], read["tr"], read["cu"]) == ("store@okbank", reference, "INR")


def test_the_code_on_the_screen_is_read_back(tmp_path: Any) -> None:
    link = upi_link(payee="store@okbank", name="Sharma Kirana", amount=Decimal("118.00"), reference="B1A250000123")

    svg = qr_svg(link)

    assert svg.startswith("<svg")
    assert "style=" not in svg
    assert "<script" not in svg
    picture = _drawn(svg)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


def _drawn(svg: str) -> Any:
    """The SVG as a picture, drawn by the press that prints our PDFs."""
    source = (
        '#set page(width: 8cm, height: 8cm, margin: 0pt)\n#image(bytes(sys.inputs.code), format: "svg", width: 8cm)'
    )
    pdf = typst.compile(source.encode(), sys_inputs={"code": svg})
    return PdfDocument(pdf)[0].render(scale=3).to_pil()
