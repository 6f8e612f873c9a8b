"""Which piece gets which promotion, so that most is taken off: a walk over the pieces, dearest first.

Each state of the walk says how far every counted promotion has got with its groups. Of two ways into the same state
the better one is kept, so the end knows the best of all ways. The work is bounded: as many states are followed from
piece to piece as EFFORT allows, the most promising ones. While there are no more states than that, and one promotion
has few, the choice is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from catalog.promotions.counting import Counter, counter_of, is_counted, takes
from catalog.promotions.giving import give, give_counted
from catalog.promotions.parcels import Measure, Parcel

# Steps of one walk, give or take; but never fewer than FEWEST states.
EFFORT = 1_500
FEWEST = 16
# Pieces of one tangle of promotions that are looked at one by one; those beyond, the cheapest ones, are not counted.
MOST_PIECES = 2_000

Trail = tuple[Any, ...] | None  # (trail before, number of the choice, counter, is given): a linked list, newest first
States = dict[int, tuple[int, int, Trail]]  # grains gained, those and hopes, how it came
Move = tuple[int, int, int, bool]  # to the state's number, to the gain, to the gain with hopes; is given


@dataclass(slots=True)
class Choice:
    """A parcel, the best it can have without counting, and the counters it may go into."""

    parcel: Parcel
    measure: Measure | None
    gain: int
    slots: list[int]


def share_out(parcels: Sequence[Parcel], measures: Sequence[Measure]) -> list[Parcel]:
    """The parcels with at most one of these promotions each, split where pieces of one fare differently.

    `measures` come in the order that decides between equals. None of them is for a bill as a whole.
    """
    plain = [measure for measure in measures if not is_counted(measure.rule)]
    choices = [_choice(parcel.copy(), plain) for parcel in parcels]
    counters = _counters([measure for measure in measures if is_counted(measure.rule)], choices)
    done = []
    for choice in choices:
        if not choice.slots:
            give(choice.measure, choice.parcel)
            done.append(choice.parcel)
    for tangle in _tangles(choices):
        done += _carry_out(_best_trail(tangle, counters), tangle, counters)
    return done


def _choice(parcel: Parcel, plain: Sequence[Measure]) -> Choice:
    best, gain = None, 0
    for measure in plain:
        if measure.rule.covers(parcel.groups) and (off := measure.off(parcel)) > gain:
            best, gain = measure, off
    return Choice(parcel, best, gain, [])


def _counters(measures: Iterable[Measure], choices: Sequence[Choice]) -> list[Counter]:
    """The machines that have enough pieces; tells each choice in which of them its pieces may go."""
    counters: list[Counter] = []
    for measure in measures:
        among = [choice for choice in choices if takes(measure.rule, choice.parcel)]
        counter = counter_of(measure, [choice.parcel for choice in among])
        if counter is not None:
            for choice in among:
                choice.slots.append(len(counters))
            counters.append(counter)
    return counters


def _tangles(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Choices that share counters, directly or through others, dearest pieces first."""
    tangle_of: dict[int, list[Choice]] = {}
    for choice in choices:
        merged = [choice] if choice.slots else []
        for tangle in {id(tangle_of[slot]): tangle_of[slot] for slot in choice.slots if slot in tangle_of}.values():
            merged += tangle
        slots = {slot for member in merged for slot in member.slots}
        tangle_of |= dict.fromkeys(slots, merged)
    tangles = {id(tangle): tangle for tangle in tangle_of.values()}.values()
    return [sorted(tangle, key=lambda c: (-c.parcel.piece_price, c.parcel.article)) for tangle in tangles]


def _best_trail(tangle: Sequence[Choice], counters: Sequence[Counter]) -> Trail:
    """A state's number has a digit for each counter, in the base of the counter's states."""
    slots = sorted({slot for choice in tangle for slot in choice.slots})
    bases = [1]
    for slot in slots:
        bases.append(bases[-1] * counters[slot].states)
    place = {slot: (base, above) for slot, (base, above) in zip(slots, pairwise(bases), strict=True)}
    width = max(FEWEST, EFFORT // sum(min(c.parcel.pieces, MOST_PIECES) * (1 + len(c.slots)) for c in tangle))
    states: States = {0: (0, 0, None)}
    room = MOST_PIECES
    for number, choice in enumerate(tangle):
        alone = choice.gain // choice.parcel.pieces
        moves = [(slot, *place[slot], _moves(counters[slot], place[slot][0], choice)) for slot in choice.slots]
        for _piece in range(min(choice.parcel.pieces, room)):
            states = _after(states, number, alone, moves)
            if len(states) > width:
                states = _promising(states, width)
        room = max(0, room - choice.parcel.pieces)
    digits = [(counters[slot], *place[slot]) for slot in slots]
    ends = (
        (gain, trail)
        for state, (gain, _worth, trail) in states.items()
        if all(counter.is_whole(state % above // base) for counter, base, above in digits)
    )
    return max(ends, key=lambda end: end[0])[1]


def _moves(counter: Counter, base: int, choice: Choice) -> list[list[Move]]:
    """For each state of the counter, what a piece of the choice may do to it."""
    price = choice.parcel.piece_price
    hopes = [counter.hope(state) for state in range(counter.states)]
    return [
        [
            ((following - state) * base, gain, gain + hopes[following] - hopes[state], is_given)
            for following, gain, is_given in counter.steps(state, price, choice.parcel)
        ]
        for state in range(counter.states)
    ]


def _after(states: States, number: int, alone: int, moves: Sequence[tuple[int, int, int, list[list[Move]]]]) -> States:
    """One piece on. Of equals the way found first is kept: it has the promotion of higher rank."""
    after: States = {state: (gain + alone, worth + alone, trail) for state, (gain, worth, trail) in states.items()}
    for slot, base, above, of_state in moves:
        for state, (gain, worth, trail) in states.items():
            for way, more, hope, is_given in of_state[state % above // base]:
                reached = state + way
                known = after.get(reached)
                if known is None or known[0] < gain + more:
                    after[reached] = (gain + more, worth + hope, (trail, number, slot, is_given))
    return after


def _promising(states: States, width: int) -> States:
    """State 0, where nothing is begun, is always among them: there one may end."""
    kept = sorted(states, key=lambda state: states[state][1], reverse=True)[:width]
    return {state: states[state] for state in (*kept, 0)}


def _carry_out(trail: Trail, tangle: Sequence[Choice], counters: Sequence[Counter]) -> list[Parcel]:
    """Split the parcels as the trail says, and take the discounts off."""
    pieces: defaultdict[tuple[int, int, bool], int] = defaultdict(int)
    while trail is not None:
        trail, number, slot, is_given = trail
        pieces[slot, number, is_given] += 1
    taken: defaultdict[int, list[tuple[Parcel, bool]]] = defaultdict(list)
    done = []
    for (slot, number, is_given), count in sorted(pieces.items()):
        part = tangle[number].parcel.part(count)
        taken[slot].append((part, is_given))
        done.append(part)
    for slot, parts in sorted(taken.items()):
        give_counted(counters[slot].measure, parts)
    for choice in tangle:
        if choice.parcel.pieces:
            give(choice.measure, choice.parcel)
            done.append(choice.parcel)
    return done
