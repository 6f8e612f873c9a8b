"""The rules that prices are made by, read once for each version of them.

Every process keeps the rules of the organizations it has served last. A read of the version in force (which comes
along with `price_facts`, see there) says whether they still hold; so no cache can give a wrong price.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from catalog.models import Category, PriceList, PriceRulesVersion, Promotion, PromotionTarget, TaxRate
from catalog.prices import ListRule
from catalog.promotions import Kind, Rule
from catalog.queries.sellable import NO_TAX, Rate, Sellable
from pantrypal.core.money import ZERO
from pantrypal.tenancy.context import require_org_id

MOST_KEPT = 500  # organizations


@dataclass(frozen=True, slots=True)
class PriceRules:
    """`rates`: those of each tax class, the newest first. `above`: each category with all those it lies in."""

    promotions: tuple[Rule, ...]
    price_lists: tuple[ListRule, ...]
    rates: dict[UUID, list[tuple[date, Rate]]]
    above: dict[UUID, frozenset[UUID]]

    def rate_on(self, day: date, tax_class: UUID) -> Rate:
        """The rate on the day of supply; a class without one is free of tax."""
        return next((rate for since, rate in self.rates.get(tax_class, ()) if since <= day), NO_TAX)

    def groups_of(self, item: Sellable) -> frozenset[UUID]:
        """By what a promotion may know a product: itself, its brand, its categories upwards."""
        own = {item.id, item.brand_id} if item.brand_id else {item.id}
        return self.above.get(item.category_id, frozenset()) | own if item.category_id else frozenset(own)


_kept: OrderedDict[int, tuple[UUID, PriceRules]] = OrderedDict()


def price_rules(version: UUID | None) -> PriceRules:
    """The rules of the version that was just read, from memory where it is the one that was read last."""
    org_id = require_org_id()
    kept = _kept.get(org_id)
    if kept is not None and kept[0] == version:
        return kept[1]
    while True:
        rules = _read()
        newest = PriceRulesVersion.objects.values_list("version", flat=True).first()
        if newest == version:
            break
        version = newest  # somebody has changed them between the reads
    if version is not None:
        _kept[org_id] = version, rules
        _kept.move_to_end(org_id)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return rules


def _read() -> PriceRules:
    rates: defaultdict[UUID, list[tuple[date, Rate]]] = defaultdict(list)
    rows = TaxRate.objects.order_by("-valid_from").values_list("tax_class_id", "valid_from", "rate", "cess")
    for tax_class, since, rate, cess in rows:
        rates[tax_class].append((since, Rate(rate, cess)))
    promotions = tuple(rules_of(Promotion.objects.filter(archived_at__isnull=True)))
    return PriceRules(promotions, tuple(_lists()), dict(rates), _above())


def _lists() -> Iterable[ListRule]:
    for row in PriceList.objects.filter(archived_at__isnull=True):
        yield ListRule(row.pk, row.name, row.starts_at, row.ends_at, frozenset(row.stores))


def _above() -> dict[UUID, frozenset[UUID]]:
    parents: dict[UUID, UUID | None] = dict(Category.objects.values_list("pk", "parent_id"))

    return {pk: frozenset(_path(pk, parents)) for pk in parents}


def _path(pk: UUID, parents: Mapping[UUID, UUID | None]) -> set[UUID]:
    """A category and those above it."""
    above = parents[pk]
    return {pk} if above is None else {pk} | _path(above, parents)


def rules_of(promotions: Iterable[Promotion]) -> list[Rule]:
    """What the engine knows of them, with their targets."""
    promotions = list(promotions)
    goods: defaultdict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for target in PromotionTarget.objects.filter(promotion__in=[promotion.pk for promotion in promotions]):
        known_by = target.product_id or target.category_id or target.brand_id
        assert known_by is not None
        goods[target.promotion_id, target.role].add(known_by)
    return [_rule(promotion, goods) for promotion in promotions]


def _rule(promotion: Promotion, goods: Any) -> Rule:
    roles = PromotionTarget.Role
    since, until = promotion.hours_from, promotion.hours_until
    return Rule(
        id=promotion.pk,
        name=promotion.name,
        kind=Kind(promotion.kind),
        percent=promotion.percent or ZERO,
        amount=promotion.amount or ZERO,
        buy=promotion.buy or 0,
        get=promotion.get or 0,
        targets=frozenset(goods[promotion.pk, roles.ON]),
        rewards=frozenset(goods[promotion.pk, roles.REWARD]),
        excluded=frozenset(goods[promotion.pk, roles.EXCEPT]),
        least_spend=promotion.least_spend or ZERO,
        most_times=promotion.most_times or 0,
        priority=promotion.priority,
        stackable=promotion.stackable,
        needs_coupon=promotion.needs_coupon,
        stores=frozenset(promotion.stores),
        starts_at=promotion.starts_at,
        ends_at=promotion.ends_at,
        days=frozenset(promotion.days),
        hours=(since, until) if since is not None and until is not None else None,
    )
