"""What a cart's prices are made of, in one round trip."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from catalog.queries.price_rules import PriceRules, price_rules


@dataclass(frozen=True, slots=True)
class CouponFact:
    """A coupon that exists. `left`: how often it may still be used; None for as often as one likes."""

    id: UUID
    code: str
    promotion: UUID
    left: int | None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """The rules in force, and the coupons that were asked for, by code."""

    rules: PriceRules
    coupons: Mapping[str, CouponFact]


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
    return PriceFacts(price_rules(UUID(version) if version else None), {fact.code: fact for fact in facts})


def kept_coupon(code: str) -> str:
    """The form in which a coupon's code is kept: typed in any case, with blanks or without."""
    return "".join(code.split()).upper()
