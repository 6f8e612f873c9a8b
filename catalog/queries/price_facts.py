"""What a cart's prices are made of, in one round trip."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from catalog.prices import PriceRow, UnitPrice, unit_price
from catalog.queries.price_rules import PriceRules, price_rules
from catalog.queries.scanned import Scanned, bought
from catalog.queries.sellable import ONE, Sellable
from catalog.refusals import PriceMissing


@dataclass(frozen=True, slots=True)
class CouponFact:
    """A coupon that exists. `left`: how often it may still be used; None for as often as one likes."""

    id: UUID
    code: str
    promotion: UUID
    left: int | None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """The rules in force, the prices that have begun by product, and the coupons that were asked for by code."""

    rules: PriceRules
    prices: Mapping[UUID, list[PriceRow]]
    coupons: Mapping[str, CouponFact]

    def price_of(self, item: Sellable, *, store: UUID, at: datetime) -> UnitPrice:
        """Of what is sold as one: a pack at its own price, or at that of its pieces together. Raises PriceMissing."""
        if item.has_own_price:
            return UnitPrice(item.price)
        lists = [rule for rule in self.rules.price_lists if rule.holds(store, at)]
        usual = None if item.price_is_missing else item.price / item.pack
        price = unit_price(usual, self.prices.get(item.id, ()), lists)
        if price is None:
            raise PriceMissing(_("%s has no price yet.") % item.name, product=str(item.id), name=item.name)
        return price if item.pack == ONE else replace(price, amount=price.amount * item.pack)

    def by_label(self, scan: Scanned, *, store: UUID, at: datetime) -> Scanned:
        """A label with a price and no weight stands for as much as that buys here and now. Raises PriceMissing."""
        if scan.loose is None:
            return scan
        price = self.price_of(scan.loose, store=store, at=at).amount
        return replace(scan, item=replace(scan.item, pack=bought(scan.item.price, price))) if price else scan


def price_facts(products: Iterable[UUID], *, store: UUID, at: datetime, coupons: Iterable[str] = ()) -> PriceFacts:
    """By catalog/sql/price_facts.sql; the rules themselves are read only when their version is a new one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT catalog_price_facts(%s::uuid[], %s, %s, %s::text[])",
            [list(set(products)), store, at, [kept_coupon(code) for code in coupons]],
        )
        found = json.loads(cursor.fetchone()[0])
    version = found["version"]
    facts = [CouponFact(UUID(row["id"]), row["code"], UUID(row["promotion"]), row["left"]) for row in found["coupons"]]
    rules = price_rules(UUID(version) if version else None)
    return PriceFacts(rules, _by_product(found["prices"]), {fact.code: fact for fact in facts})


def _by_product(rows: Iterable[dict[str, Any]]) -> dict[UUID, list[PriceRow]]:
    prices: defaultdict[UUID, list[PriceRow]] = defaultdict(list)
    for row in rows:
        price = None if row["price"] is None else Decimal(row["price"])
        prices[UUID(row["product"])].append(PriceRow(price, _id(row["store"]), _id(row["list"])))
    return dict(prices)


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def kept_coupon(code: str) -> str:
    """The form in which a coupon's code is kept: typed in any case, with blanks or without."""
    return "".join(code.split()).upper()
