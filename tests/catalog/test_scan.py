"""What scanners send, without a database."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gtin import check_digit
from catalog.refusals import UnreadableCode
from catalog.scan import Carries, LabelLayout, Measure, Reading, parse_scan
from catalog.scan.dates import gs1_date
from tests import data

TODAY = date(2026, 3, 2)
GS = "\x1d"
GTIN = "08901030865275"
# The rules of Denmark, Germany and Norway as settings of an organization.
DENMARK = [LabelLayout(prefix, Carries.PRICE, 4, 6, 2) for prefix in ("21", "22", "23", "24")]
DENMARK += [LabelLayout(prefix, Carries.WEIGHT, 4, 6, 3) for prefix in ("26", "28")]
DENMARK += [LabelLayout("27", Carries.WEIGHT, 5, 5, 3)]
GERMANY = [LabelLayout(prefix, Carries.PRICE, 4, 5, 2, inner_check=True) for prefix in ("22", "23")]
GERMANY += [LabelLayout(prefix, Carries.COUNT, 4, 5, 0, inner_check=True) for prefix in ("25", "26")]
GERMANY += [LabelLayout(prefix, Carries.WEIGHT, 4, 5, 3, inner_check=True) for prefix in ("28", "29")]
NORWAY = [LabelLayout("23", Carries.WEIGHT, 6, 4, 3)]
REGIONS = {"denmark": DENMARK, "germany": GERMANY, "norway": NORWAY}


def read(text: str, layouts: list[LabelLayout] | None = None, today: date = TODAY) -> tuple[Reading, ...]:
    return parse_scan(text, today=today, layouts={layout.prefix: layout for layout in layouts or []})


def the_reason(text: str, layouts: list[LabelLayout] | None = None) -> str:
    """Why the text is refused, or would be if nothing goes by it."""
    try:
        readings = read(text, layouts)
    except UnreadableCode as refusal:
        return refusal.message
    return next(reading.doubt for reading in readings if reading.doubt)


@pytest.mark.parametrize(
    "sent",
    [
        "8901030865275",
        " 8901030865275\r\n",
        "08901030865275",
        "]E08901030865275",
        "]E3890103086527512",
        "]I108901030865275",
        f"01{GTIN}",
        f"]C101{GTIN}",
        f"]d201{GTIN}",
        f"]Q301{GTIN}",
        f"]e001{GTIN}",
        f"{GS}01{GTIN}",
        f"(01){GTIN}",
        f"(01) {GTIN}",
        f"https://id.gs1.org/01/{GTIN}",
        "https://asha.example/shop/01/8901030865275?utm=till",
        f"]Q3https://id.gs1.org/01/{GTIN}",
    ],
)
def test_one_product_is_one_code_in_every_language_of_the_scanner(sent: str) -> None:
    assert read(sent)[0].codes[0] == GTIN


@pytest.mark.parametrize(
    ("sent", "gtin14"),
    [("96385074", "00000096385074"), ("036000291452", "00036000291452"), ("04252614", "00042100005264")],
)
def test_short_codes_are_read_in_the_common_form(sent: str, gtin14: str) -> None:
    assert gtin14 in [code for reading in read(sent) for code in reading.codes]


FULL = Reading(
    (GTIN,),
    count=Decimal(3),
    lot="AB/12-3",
    serial="7",
    made_on=date(2026, 1, 31),
    best_before=date(2026, 12, 31),
    expires_on=date(2027, 2, 28),
)


@pytest.mark.parametrize(
    "sent",
    [
        f"]C101{GTIN}11260131152612311727020010AB/12-3{GS}217{GS}303",
        f"]d201{GTIN}11260131152612311727020010AB/12-3{GS}217{GS}303{GS}",
        f"(01){GTIN}(11)260131(15)261231(17)270200(10)AB/12-3(21)7(30)3",
        f"https://id.gs1.org/01/{GTIN}/10/AB%2F12-3/21/7?11=260131&15=261231&17=270200&30=3",
    ],
)
def test_lot_serial_count_and_dates_come_along(sent: str) -> None:
    assert read(sent)[0] == FULL


@pytest.mark.parametrize(
    ("ai", "measure"),
    [
        ("3103001250", Measure(Decimal("1.250"), "kg")),
        ("3100000002", Measure(Decimal("2.000"), "kg")),
        ("3201000010", Measure(Decimal("0.454"), "kg")),
        ("3153000500", Measure(Decimal("0.500"), "l")),
        ("3112000150", Measure(Decimal("1.500"), "m")),
    ],
)
def test_a_net_measure_is_told_in_units_of_the_shop(ai: str, measure: Measure) -> None:
    assert read(f"]C101{GTIN}{ai}")[0].measure == measure


def test_an_amount_payable_is_the_price_of_all_of_it() -> None:
    assert read(f"]C101{GTIN}3922012350")[0].price == Decimal("123.50")
    with_currency = read(f"]C101{GTIN}3932356012350")[0]
    assert (with_currency.price, with_currency.currency) == (Decimal("123.50"), "356")


def test_a_carton_holds_its_count_of_one_product() -> None:
    assert read(f"]C102{GTIN}3724")[0] == Reading((GTIN,), count=Decimal(24))


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("8901030865274", "8901030865274 is not a valid barcode: its last figure should be 5."),
        ("]E08901030865274", "8901030865274 is not a valid barcode: its last figure should be 5."),
        ("]E489010308", "89010308 is not a valid barcode: its last figure should be"),
        ("]C10108901030865274", "The check digit of (01) is wrong."),
        (f"]C101{GTIN}17261331", "“17261331” is not made as GS1 asks."),
        (f"]C101{GTIN}17260230", "“17260230” is not made as GS1 asks."),
        (f"]C101{GTIN}7003260300", "“7003260300” is not made as GS1 asks."),
        (f"]C101{GTIN}10{'A' * 21}", "The part (10) of this code is too long."),
        (f"]C101{GTIN[:-1]}", "“010890103086527” is not made as GS1 asks."),
        (f"]C101{GTIN}10A{GS}10B", "This code says (10) twice, and not the same."),
        (f"]C101{GTIN}02{GTIN}3712", "This code names two things at once; GS1 does not allow that."),
        (f"]C102{GTIN}", "This is the code of a carton that does not say how many it holds."),
        ("]C100106141412345678908", "This is the code of a pallet or carton (SSCC), not of a product."),
        ("]C110ABC", "There is no product in this code."),
        (f"]C101{GTIN}300", "This code says that there are none of it."),
        ("]C199999", "There is no product in this code."),
        ("]C1Milk", "“Milk” is not made as GS1 asks."),
        ("(01)08901030865274", "The check digit of (01) is wrong."),
        ("(01)8901030865275", "“018901030865275” is not made as GS1 asks."),
        ("https://asha.example/offers", "This web address is not a GS1 Digital Link to a product."),
        ("https://id.gs1.org/01/08901030865274", "The check digit of (01) is wrong."),
        ("", "There is nothing in this code."),
        ("]C1", "There is nothing in this code."),
        ("]E112", "This is the small code beside a magazine's. Please scan the large one."),
        ("8" * 501, "This code is too long to be one of a product."),
        ("pp:MILK?q=no", "This label of the shop's own is damaged. Please print it again."),
        ("pp:MILK?q=-1", "This label of the shop's own is damaged. Please print it again."),
    ],
)
def test_what_breaks_the_rules_is_refused_with_the_reason(sent: str, reason: str) -> None:
    assert reason in the_reason(sent)


@pytest.mark.parametrize("row", data.rows("gs1/rcn_weighed_item_vectors.csv"), ids=lambda row: row["barcode"])
def test_labels_of_scales_are_read_by_the_organizations_own_layouts(row: dict[str, str]) -> None:
    readings = read(row["barcode"], REGIONS[row["region"]])
    label = next((reading for reading in readings if reading.is_label), None)

    if not (row["weight_kg"] or row["price"] or row["count"]):
        assert label is None
        assert readings[0].codes[0] == row["barcode"].zfill(14)
        return
    assert label is not None
    assert (label.measure and label.measure.amount) == (Decimal(row["weight_kg"]) if row["weight_kg"] else None)
    assert label.price == (Decimal(row["price"]) if row["price"] else None)
    assert label.count == (Decimal(row["count"]) if row["count"] else None)
    assert row["barcode"][-13:][2:6] in label.codes[1]


def test_a_label_names_its_item_with_prefix_and_without_leading_zeros() -> None:
    layouts = [LabelLayout("21", Carries.WEIGHT, 5, 5, 3)]
    body = "210195400750"
    label = read(body + check_digit(body), layouts)[1]
    assert label.codes == ("2101954", "01954", "1954")
    assert label.measure == Measure(Decimal("0.750"), "kg")


def test_a_label_of_number_system_2_has_the_prefix_02() -> None:
    body = "21234500399"
    upc = body + check_digit(body)
    label = read(upc, [LabelLayout("02", Carries.PRICE, 5, 5, 2)])[1]
    assert (label.codes[1], label.price) == ("12345", Decimal("3.99"))


def test_a_label_with_a_wrong_inner_check_digit_or_no_weight_is_refused() -> None:
    body = "221111500239"
    assert the_reason(body + check_digit(body), GERMANY) == (
        "This label is damaged: the check digit of its value is wrong."
    )
    empty = "210195400000"
    assert the_reason(empty + check_digit(empty), [LabelLayout("21", Carries.WEIGHT, 5, 5, 3)]) == (
        "This label carries no weight, price or count. Please weigh again."
    )


def test_our_own_qr_carries_what_the_counter_weighed() -> None:
    reading = read("pp:MITHAI%201?q=0.750&p=360.00&lot=K7&exp=2026-03-05")[0]
    assert reading == Reading(
        ("MITHAI 1",),
        measure=Measure(Decimal("0.750"), ""),
        price=Decimal("360.00"),
        lot="K7",
        expires_on=date(2026, 3, 5),
    )


@pytest.mark.parametrize("typed", ["4011", "MILK-1L", "8901030865275X", "123456789012345", "Ω1", "01ABC"])
def test_other_text_is_taken_as_it_is(typed: str) -> None:
    assert read(typed)[0].codes[0] == typed


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("260200", TODAY, date(2026, 2, 28)),
        ("280200", TODAY, date(2028, 2, 29)),
        ("760101", TODAY, date(2076, 1, 1)),
        ("770101", TODAY, date(1977, 1, 1)),
        ("000101", date(2060, 1, 1), date(2100, 1, 1)),
        ("991231", date(2099, 1, 1), date(2099, 12, 31)),
    ],
)
def test_a_date_lies_between_49_years_back_and_50_ahead(text: str, today: date, day: date) -> None:
    assert gs1_date(text, today) == day


# -- any figures at all ----------------------------------------------------------------------

bodies = st.integers(min_value=1, max_value=9_999_999_999_999).map(lambda number: f"{number:013}")
lots = st.text("ABCXYZabc0123456789-/.", min_size=1, max_size=20)
days = st.dates(date(1980, 1, 1), date(2070, 12, 31))


@given(bodies, lots, days, st.integers(1, 99_999_999))
def test_what_was_written_as_element_strings_is_read_back(body: str, lot: str, day: date, count: int) -> None:
    gtin = body + check_digit(body)
    wanted = Reading((gtin,), count=Decimal(count), lot=lot, expires_on=day)

    assert read(f"]d201{gtin}17{day:%y%m%d}10{lot}{GS}30{count}")[0] == wanted
    assert read(f"]C130{count}{GS}10{lot}{GS}17{day:%y%m%d}01{gtin}")[0] == wanted
    assert read(f"(01){gtin}(17){day:%y%m%d}(10){lot}(30){count}")[0] == wanted


@given(bodies, st.integers(0, 9))
def test_no_gtin_with_another_check_digit_is_taken_for_one(body: str, digit: int) -> None:
    if str(digit) != check_digit(body):
        assert the_reason(f"]C101{body}{digit}") == "The check digit of (01) is wrong."


@given(st.integers(0, 99_999), st.integers(1, 99_999))
def test_every_label_gives_back_what_the_scale_printed(item: int, grams: int) -> None:
    body = f"21{item:05}{grams:05}"
    label = read(body + check_digit(body), [LabelLayout("21", Carries.WEIGHT, 5, 5, 3)])[1]

    assert label.codes[1] == f"{item:05}"
    assert label.measure == Measure(Decimal(grams).scaleb(-3), "kg")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_nothing_breaks(text: str) -> None:
    for prefix in ("", "]C1", "]E0", "]Q3", "(01)", "http://", "pp:", GS):
        with suppress(UnreadableCode):
            assert read(prefix + text, DENMARK)
