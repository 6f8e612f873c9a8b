"""What the promotions would do to a cart: each line with what it would cost, each promotion with why or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.promotions import Item, Occasion, Rule, promote
from catalog.promotions.conditions import why_not
from catalog.promotions.words import because, effect
from catalog.queries.price_facts import PriceFacts, price_facts
from catalog.queries.sellable import ONE, Sellable
from pantrypal.core.business_time import zone
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money


@dataclass(frozen=True, slots=True)
class TriedLine:
    item: Sellable
    quantity: Decimal
    gross: Decimal
    reasons: list[tuple[str, Decimal]]

    @property
    def net(self) -> Decimal:
        return self.gross - sum((amount for _text, amount in self.reasons), ZERO)


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A promotion in this cart: what it gives, or the sentence why it gives nothing."""

    name: str
    effect: str
    gives: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Trial:
    lines: list[TriedLine]
    rules: list[TriedRule]

    @property
    def gross(self) -> Decimal:
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), ZERO)


def try_promotions(
    goods: Sequence[tuple[Sellable, Decimal]], *, store: Store, at: datetime, coupons: Sequence[str] = ()
) -> Trial:
    """Writes nothing. Those given come first, then the others by name."""
    places = store.org.places
    facts = price_facts((item.id for item, _quantity in goods), store=store.pk, at=at, coupons=coupons)
    prices = [round_money(facts.price_of(item, store=store.pk, at=at).amount, places) for item, _quantity in goods]
    items = [_item(*each, price, facts, places) for each, price in zip(goods, prices, strict=True)]
    codes = {fact.promotion: fact.code for fact in facts.coupons.values() if fact.left is None or fact.left > 0}
    occasion = Occasion(store.pk, at.astimezone(zone(store.time_zone)), codes)
    promoted = promote(items, facts.rules.promotions, occasion, places)
    given = promoted.given
    lines = [
        TriedLine(item, quantity, priced.gross, [(because(rule, codes), amount) for rule, amount in off])
        for (item, quantity), priced, off in zip(goods, items, promoted.lines, strict=True)
    ]
    rules = [_tried(rule, given.get(rule, ZERO), occasion, items, places) for rule in facts.rules.promotions]
    return Trial(lines, sorted(rules, key=lambda tried: (not tried.gives, -tried.gives, tried.name)))


def _item(item: Sellable, quantity: Decimal, price: Decimal, facts: PriceFacts, places: int) -> Item:
    groups, gross = facts.rules.groups_of(item), round_money(price * quantity, places)
    return Item(item.id, groups, quantity, price, gross, item.is_weighed, item.pack != ONE)


def _tried(rule: Rule, gives: Decimal, occasion: Occasion, items: Sequence[Item], places: int) -> TriedRule:
    sentence = "" if gives else why_not(rule, occasion, items)
    if not gives and not sentence:
        alone = promote(items, [rule], occasion, places).discount
        if alone:
            sentence = _("Alone it would give %s; the others give more for the same goods.") % format(alone, "f")
        else:
            sentence = _("None of its goods are here, or too few of them.")
    return TriedRule(rule.name, effect(rule), gives, sentence)
