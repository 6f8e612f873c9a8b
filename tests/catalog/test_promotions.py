"""What promotions take off a cart, by example and for any cart."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import product as every
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.promotions import Item, Kind, Occasion, Promoted, Rule, promote
from catalog.promotions.conditions import why_not

KOLKATA = ZoneInfo("Asia/Kolkata")
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=KOLKATA)
NOW = Occasion(HERE, MONDAY_NOON)
SOAP, SHAMPOO, RICE, SNACKS, DAIRY = (UUID(int=100 + i) for i in range(5))


def item(number: int, price: str, quantity: str = "1", *groups: UUID, **values: object) -> Item:
    gross = (Decimal(price) * Decimal(quantity)).quantize(Decimal("0.01"))
    goods = UUID(int=1000 + number)
    return Item(goods, frozenset({goods, *groups}), Decimal(quantity), Decimal(price), gross, **values)


def rule(number: int, kind: Kind, **values: object) -> Rule:
    for name in ("percent", "amount", "least_spend"):
        values |= {name: Decimal(values[name])} if name in values else {}
    for name in ("targets", "rewards", "excluded", "stores", "days"):
        values |= {name: frozenset(values[name])} if name in values else {}
    return Rule(UUID(int=9000 + number), f"Rule {number}", kind, **values)


def off(items: list[Item], *rules: Rule, at: Occasion = NOW) -> list[Decimal]:
    """What each line is less."""
    return [sum((amount for _rule, amount in line), Decimal(0)) for line in promote(items, rules, at, 2).lines]


def decimals(*figures: str) -> list[Decimal]:
    return [Decimal(figure) for figure in figures]


@pytest.mark.parametrize(
    ("promotion", "expected"),
    [
        (rule(1, Kind.PERCENT, percent="10"), ["19.00", "5.05"]),
        (rule(1, Kind.PERCENT, percent="10", targets=[SOAP]), ["19.00", "0"]),
        (rule(1, Kind.PERCENT, percent="10", excluded=[SOAP]), ["0", "5.05"]),
        (rule(1, Kind.AMOUNT, amount="3.00"), ["9.00", "3.00"]),
        (rule(1, Kind.AMOUNT, amount="60.00"), ["180.00", "50.50"]),
        (rule(1, Kind.FIXED_PRICE, amount="60.00"), ["9.99", "0"]),
        (rule(1, Kind.BUY_GET, percent="100", buy=2, get=1, targets=[SOAP]), ["63.33", "0"]),
        (rule(1, Kind.BUY_GET, percent="100", buy=2, get=1), ["63.33", "0"]),
        (rule(1, Kind.BUY_GET, percent="50", buy=1, get=1), ["31.67", "25.25"]),
        (rule(1, Kind.ANY_FOR, amount="200.00", buy=4), ["31.99", "8.50"]),
        (rule(1, Kind.ANY_FOR, amount="200.00", buy=5), ["0", "0"]),
        (rule(1, Kind.ANY_FOR, amount="100.00", buy=2, most_times=1), ["26.66", "0"]),
        (rule(1, Kind.BILL_AMOUNT, amount="24.04"), ["18.99", "5.05"]),
        (rule(1, Kind.BILL_AMOUNT, amount="500.00", targets=[SOAP]), ["189.99", "0"]),
        (rule(1, Kind.PERCENT, percent="10", most_times=2, targets=[SOAP]), ["12.67", "0"]),
    ],
)
def test_each_kind_takes_off_what_it_says(promotion: Rule, expected: list[str]) -> None:
    items = [item(1, "63.33", "3", SOAP), item(2, "50.50", "1", SHAMPOO)]

    assert off(items, promotion) == decimals(*expected)


def test_goods_bought_can_give_other_goods() -> None:
    gift = rule(1, Kind.BUY_GET, percent="100", buy=2, get=1, targets=[SOAP], rewards=[SHAMPOO])

    assert off([item(1, "40.00", "4", SOAP), item(2, "99.00", "3", SHAMPOO)], gift) == decimals("0", "198.00")
    assert off([item(1, "40.00", "1", SOAP), item(2, "99.00", "3", SHAMPOO)], gift) == decimals("0", "0")


def test_the_least_spend_is_of_its_own_goods_at_shelf_prices() -> None:
    half = rule(1, Kind.PERCENT, percent="50", targets=[SOAP])
    from_hundred = rule(2, Kind.BILL_AMOUNT, amount="10.00", least_spend="100.00", targets=[SOAP], stackable=True)

    assert off([item(1, "50.00", "2", SOAP)], half, from_hundred) == decimals("60.00")
    assert off([item(1, "50.00", "1", SOAP), item(2, "90.00")], half, from_hundred) == decimals("25.00", "0")


def test_goods_by_weight_are_discounted_by_the_kilogram_and_not_counted() -> None:
    onions = item(1, "42.00", "0.750", is_weighed=True)

    assert off([onions], rule(1, Kind.AMOUNT, amount="5.00")) == decimals("3.75")
    assert off([onions], rule(1, Kind.FIXED_PRICE, amount="30.00")) == decimals("9.00")
    assert off([onions, onions], rule(1, Kind.BUY_GET, percent="100", buy=1, get=1)) == decimals("0", "0")


def test_a_case_keeps_its_own_price_but_for_percentages() -> None:
    case = item(1, "700.00", "2", is_pack=True)

    assert off([case], rule(1, Kind.PERCENT, percent="5")) == decimals("70.00")
    assert off([case], rule(1, Kind.AMOUNT, amount="5.00")) == decimals("0")
    assert off([case], rule(1, Kind.ANY_FOR, amount="900.00", buy=2)) == decimals("0")


def test_of_promotions_that_compete_the_customer_gets_the_better_one() -> None:
    ten, fifteen = rule(1, Kind.PERCENT, percent="10"), rule(2, Kind.PERCENT, percent="15", targets=[SOAP])

    promoted = promote([item(1, "100.00", "1", SOAP), item(2, "100.00")], [ten, fifteen], NOW, 2)

    assert promoted.lines == [[(fifteen, Decimal("15.00"))], [(ten, Decimal("10.00"))]]


def test_pieces_of_one_line_may_fare_differently() -> None:
    """Three of four go into the group, the fourth has its ten percent."""
    two_and_one = rule(1, Kind.BUY_GET, percent="100", buy=2, get=1)
    ten = rule(2, Kind.PERCENT, percent="10")

    promoted = promote([item(1, "100.00", "4")], [two_and_one, ten], NOW, 2)

    assert promoted.given == {two_and_one: Decimal("100.00"), ten: Decimal("10.00")}


def test_stackable_promotions_come_on_top_in_the_order_of_their_priority() -> None:
    half = rule(1, Kind.PERCENT, percent="50")
    ten = rule(2, Kind.PERCENT, percent="10", stackable=True, priority=1)
    five_off = rule(3, Kind.AMOUNT, amount="5.00", stackable=True, priority=2)

    assert promote([item(1, "100.00")], [ten, half, five_off], NOW, 2).lines == [
        [(half, Decimal("50.00")), (five_off, Decimal("5.00")), (ten, Decimal("4.50"))]
    ]


def test_a_bill_promotion_that_stands_alone_is_weighed_against_all_others() -> None:
    ten = rule(1, Kind.PERCENT, percent="10")
    off_the_bill = rule(2, Kind.BILL_AMOUNT, amount="50.00")

    assert off([item(1, "400.00")], ten, off_the_bill) == decimals("50.00")
    assert off([item(1, "600.00")], ten, off_the_bill) == decimals("60.00")


@pytest.mark.parametrize(
    ("values", "moment", "sentence"),
    [
        ({"stores": [ELSEWHERE]}, MONDAY_NOON, "Not in this store."),
        ({"starts_at": datetime(2026, 3, 2, 6, 31, tzinfo=UTC)}, MONDAY_NOON, "It begins on 2 Mar 2026, 12:01."),
        ({"starts_at": datetime(2026, 3, 2, 6, 30, tzinfo=UTC)}, MONDAY_NOON, ""),
        ({"ends_at": datetime(2026, 3, 2, 6, 30, tzinfo=UTC)}, MONDAY_NOON, "It ended on 2 Mar 2026, 12:00."),
        ({"days": [0]}, MONDAY_NOON, ""),
        ({"days": [1, 2]}, MONDAY_NOON, "Not at this hour or on this day of the week."),
        ({"hours": (time(12), time(13))}, MONDAY_NOON, ""),
        ({"hours": (time(11), time(12))}, MONDAY_NOON, "Not at this hour or on this day of the week."),
        ({"hours": (time(22), time(2)), "days": [0]}, datetime(2026, 3, 3, 1, 59, tzinfo=KOLKATA), ""),
        (
            {"hours": (time(22), time(2)), "days": [0]},
            datetime(2026, 3, 2, 1, 59, tzinfo=KOLKATA),
            "Not at this hour or on this day of the week.",
        ),
        ({"needs_coupon": True}, MONDAY_NOON, "It needs a coupon."),
        ({"least_spend": "150.00"}, MONDAY_NOON, "It needs goods for 50.00 more."),
        ({"least_spend": "100.00"}, MONDAY_NOON, ""),
    ],
)
def test_a_promotion_holds_at_its_place_and_time_only(values: dict, moment: datetime, sentence: str) -> None:
    promotion = rule(1, Kind.PERCENT, percent="10", **values)
    items, occasion = [item(1, "100.00")], Occasion(HERE, moment)

    assert why_not(promotion, occasion, items) == sentence
    assert off(items, promotion, at=occasion) == decimals("0" if sentence else "10.00")


def test_a_coupon_opens_its_own_promotion() -> None:
    promotion = rule(1, Kind.PERCENT, percent="10", needs_coupon=True)
    with_coupon = Occasion(HERE, MONDAY_NOON, {promotion.id: "DIWALI"})

    assert off([item(1, "100.00")], promotion, at=with_coupon) == decimals("10.00")


goods = st.sampled_from(
    [(n, p, g) for n, p, g in zip(range(8), ["10.00", "33.33", "99.99", "0.01", "250.00", "12.50", "1.00", "47.10"],
                                 [(SOAP,), (SOAP, DAIRY), (SHAMPOO,), (RICE,), (SNACKS,), (SNACKS, DAIRY), (), (RICE,)],
                                 strict=True)]
)  # fmt: skip


@st.composite
def items_(draw: st.DrawFn) -> Item:
    number, price, groups = draw(goods)
    if draw(st.integers(0, 9)) == 0:
        weight = draw(st.decimals(min_value="0.001", max_value=5, places=3))
        return item(number + 50, price, str(weight), *groups, is_weighed=True)
    return item(number, price, str(draw(st.integers(1, 6))), *groups)


@st.composite
def rules_(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(Kind))
    values: dict[str, object] = {
        "targets": draw(st.sets(st.sampled_from([SOAP, SHAMPOO, RICE, SNACKS, DAIRY]), max_size=2)),
        "stackable": draw(st.booleans()),
        "priority": draw(st.integers(0, 2)),
        "most_times": draw(st.sampled_from([0, 0, 1, 3])),
        "least_spend": draw(st.sampled_from(["0", "0", "100.00"])),
    }
    if kind in (Kind.PERCENT, Kind.BUY_GET):
        values["percent"] = draw(st.decimals(min_value="0.5", max_value=100, places=1))
    else:
        values["amount"] = draw(st.decimals(min_value=1, max_value=150, places=2))
    values |= {"buy": draw(st.integers(1, 4)), "get": draw(st.integers(1, 2))}
    if kind == Kind.BUY_GET:
        values["rewards"] = draw(st.sets(st.sampled_from([SHAMPOO, RICE]), max_size=1))
    return rule(draw(st.integers(1, 999)), kind, **values)


carts = st.lists(items_(), min_size=1, max_size=8)
promotions = st.lists(rules_(), min_size=1, max_size=6, unique_by=lambda r: r.id)


def by_goods(items: list[Item], promoted: Promoted) -> list[object]:
    """The outcome without the order of the lines."""
    return sorted(
        (i.product, i.quantity, [(r.id, a) for r, a in line]) for i, line in zip(items, promoted.lines, strict=True)
    )


@settings(max_examples=120, deadline=None)
@given(carts, promotions, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_of_promotions_changes_nothing(items: list, rules: list, random: Random) -> None:
    mixed, shuffled = random.sample(items, len(items)), random.sample(rules, len(rules))

    assert by_goods(items, promote(items, rules, NOW, 2)) == by_goods(mixed, promote(mixed, shuffled, NOW, 2))


@settings(max_examples=120, deadline=None)
@given(carts, promotions)
def test_no_line_goes_below_zero_and_no_paisa_is_lost(items: list, rules: list) -> None:
    promoted = promote(items, rules, NOW, 2)

    for goods_, line in zip(items, promoted.lines, strict=True):
        assert all(amount > 0 and amount == amount.quantize(Decimal("0.01")) for _rule, amount in line)
        assert sum((amount for _rule, amount in line), Decimal(0)) <= goods_.gross
    assert sum(promoted.given.values(), Decimal(0)) == promoted.discount


@settings(max_examples=120, deadline=None)
@given(carts, promotions)
def test_the_customer_gets_no_less_than_from_any_single_promotion(items: list, rules: list) -> None:
    together = promote(items, rules, NOW, 2).discount

    assert all(together >= promote(items, [alone], NOW, 2).discount for alone in rules)


@settings(max_examples=120, deadline=None)
@given(carts, rules_())
def test_a_line_scanned_in_two_goes_is_the_same_line(items: list, promotion: Rule) -> None:
    """The parts of a line together have what the whole would have."""
    parts = [
        part for whole in items for part in ([whole] if whole.is_weighed or whole.quantity == 1 else halves(whole))
    ]

    assert promote(parts, [promotion], NOW, 2).discount == promote(items, [promotion], NOW, 2).discount


def halves(whole: Item) -> list[Item]:
    def of(quantity: Decimal) -> Item:
        gross = whole.unit_price * quantity
        return Item(whole.product, whole.groups, quantity, whole.unit_price, gross)

    return [of(Decimal(1)), of(whole.quantity - 1)]


def best_by_trying(prices: list[int], size: int, price: int, percent: int) -> int:
    """In hundredths of a paisa: any `size` pieces for `price`, or `percent` off, every way tried."""
    best = 0
    for grouped in every([False, True], repeat=len(prices)):
        inside = [p for p, is_in in zip(prices, grouped, strict=True) if is_in]
        if len(inside) % size == 0:
            outside = sum(prices) - sum(inside)
            best = max(best, (sum(inside) - len(inside) // size * price) * 100 + outside * percent)
    return best


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.integers(100, 9900), min_size=1, max_size=8),
    st.integers(2, 4),
    st.integers(100, 20000),
    st.integers(0, 40),
)
def test_the_choice_is_the_best_of_all_choices(prices: list, size: int, price: int, percent: int) -> None:
    items = [item(i, str(Decimal(p) / 100)) for i, p in enumerate(prices)]
    group = rule(1, Kind.ANY_FOR, buy=size, amount=str(Decimal(price) / 100))
    plain = rule(2, Kind.PERCENT, percent=str(percent))

    discount = promote(items, [group, plain], NOW, 2).discount

    exact = Decimal(best_by_trying(prices, size, price, percent)) / 10_000
    assert abs(discount - exact) <= Decimal("0.005") * len(prices)
