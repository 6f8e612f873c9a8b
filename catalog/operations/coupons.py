"""Codes that open a promotion: one for everybody, or one for each customer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Coupon, Promotion
from catalog.queries import kept_coupon
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.validation import save_valid, validated
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_AT_ONCE = 5_000
# Without 0, O, 1, I and their like: codes are read out and typed.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8


@dataclass(frozen=True, slots=True)
class CouponInput:
    """A code in any case; `most_uses` None for as often as one likes."""

    code: str
    most_uses: int | None = None


@transaction.atomic
def save_coupons(promotion: Promotion, coupons: Sequence[CouponInput], *, actor: Actor, at: datetime) -> list[Coupon]:
    """Add codes to a promotion, or change how often a code of it may be used. Raises Invalid.

    A code once given out stays; with its promotion it ends.
    """
    require(actor, Permission.PRICE_EDIT)
    wanted = {kept_coupon(given.code): given for given in coupons}
    if len(wanted) < len(coupons):
        raise _wrong(_("The same code is given twice."))
    existing = {row.code: row for row in Coupon.objects.filter(code__in=wanted).order_by("pk").select_for_update()}
    changed = []
    for code, given in wanted.items():
        row = existing.get(code) or Coupon(promotion=promotion, code=code)
        if row.promotion_id != promotion.pk:
            raise _wrong(_("The code %s belongs to another promotion.") % code)
        if row._state.adding or row.most_uses != given.most_uses:
            row.most_uses = given.most_uses
            changed.append(save_valid(row))
    if changed:
        told = [f"{row.code} × {row.most_uses or '∞'}" for row in changed]
        AuditEntry.record("coupons.changed", promotion, actor=actor, at=at, codes=told)
        OutboxEvent.emit("promotion.changed", promotion=str(promotion.pk))
    return changed


@transaction.atomic
def make_coupons(promotion: Promotion, *, count: int, prefix: str, actor: Actor, at: datetime) -> list[Coupon]:
    """So many codes for one use each, such as DIWALI-7KQ2M9XA. Raises Invalid."""
    require(actor, Permission.PRICE_EDIT)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(_("Between 1 and %s codes at once.") % MOST_AT_ONCE, {"count": [_("Too many.")]})
    prefix = kept_coupon(prefix)
    codes: set[str] = set()
    while len(codes) < count:
        codes.add("-".join(filter(None, [prefix, "".join(secrets.choice(LETTERS) for _i in range(LENGTH))])))
    rows = [Coupon(promotion=promotion, code=code, most_uses=1) for code in sorted(codes)]
    validated(rows[0])
    made = Coupon.objects.bulk_create(rows)
    AuditEntry.record("coupons.made", promotion, actor=actor, at=at, count=count, prefix=prefix)
    OutboxEvent.emit("promotion.changed", promotion=str(promotion.pk))
    return made


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"coupons": [sentence]})
