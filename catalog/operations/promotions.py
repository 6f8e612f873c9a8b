"""Promotions with the goods they are about: added, changed, ended, taken up again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Brand, Category, Product, Promotion, PromotionTarget
from catalog.promotions import Kind
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.money import round_money
from pantrypal.core.queries import all_stores
from pantrypal.core.validation import save_valid, validated
from pantrypal.journal.models import AuditEntry, OutboxEvent

# What each kind needs, and what means nothing to it and is therefore emptied.
NEEDED: dict[Kind, frozenset[str]] = {
    Kind.PERCENT: frozenset({"percent"}),
    Kind.AMOUNT: frozenset({"amount"}),
    Kind.FIXED_PRICE: frozenset({"amount"}),
    Kind.BUY_GET: frozenset({"percent", "buy", "get"}),
    Kind.ANY_FOR: frozenset({"amount", "buy"}),
    Kind.BILL_AMOUNT: frozenset({"amount"}),
}
FIGURES = frozenset({"percent", "amount", "buy", "get"})


@dataclass(frozen=True, slots=True)
class TargetInput:
    """One of product, category and brand."""

    role: str = PromotionTarget.Role.ON
    product: Product | None = None
    category: Category | None = None
    brand: Brand | None = None


@transaction.atomic
def save_promotion(
    promotion: Promotion,
    *,
    org: Organization,
    targets: Sequence[TargetInput] | None = None,
    actor: Actor,
    at: datetime,
) -> Promotion:
    """Create or change a promotion. `targets` are all it is to have; None leaves them as they are. Raises Invalid.

    Bills that are posted keep what they were given.
    """
    require(actor, Permission.PRICE_EDIT)
    before = None if promotion._state.adding else Promotion.objects.select_for_update().get(pk=promotion.pk)
    _require_sound(promotion, org)
    promotion.name = promotion.name.strip()
    save_valid(promotion)
    told_before = _told(promotion)
    told = told_before if targets is None else _set_targets(promotion, targets)
    _require_reward_with(promotion)
    if before is None:
        figures = {"kind": promotion.kind, "percent": promotion.percent, "amount": promotion.amount}
        AuditEntry.record("promotion.created", promotion, actor=actor, at=at, goods=told, **figures)
    else:
        old, new = differences(before, promotion)
        if told_before != told:
            old["goods"], new["goods"] = told_before, told
        if not new:
            return promotion
        AuditEntry.record("promotion.changed", promotion, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("promotion.changed", promotion=str(promotion.pk))
    return promotion


def archive_promotions(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """End promotions for good; bills go on naming them. Returns how many were running."""
    return _set_archived(ids, at, actor=actor, at=at)


def restore_promotions(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Take ended promotions up again. Returns how many there were."""
    return _set_archived(ids, None, actor=actor, at=at)


@transaction.atomic
def _set_archived(ids: Iterable[UUID], archived_at: datetime | None, *, actor: Actor, at: datetime) -> int:
    require(actor, Permission.PRICE_EDIT)
    others = Promotion.objects.filter(pk__in=set(ids), archived_at__isnull=archived_at is not None)
    promotions = list(others.order_by("pk").select_for_update())
    for promotion in promotions:
        promotion.archived_at = archived_at
        promotion.save(update_fields=["archived_at", "updated_at"])
        action = "promotion.restored" if archived_at is None else "promotion.archived"
        AuditEntry.record(action, promotion, actor=actor, at=at)
        OutboxEvent.emit("promotion.changed", promotion=str(promotion.pk))
    return len(promotions)


def _require_sound(promotion: Promotion, org: Organization) -> None:
    if promotion.kind not in set(Kind):
        raise _wrong("kind", _("There is no such kind of promotion."))
    _require_figures(promotion, Kind(promotion.kind))
    for name in ("amount", "least_spend"):
        value = getattr(promotion, name)
        if value is not None and value != round_money(value, org.places):
            raise _wrong(name, _("Not finer than the smallest coin."))
    _require_sound_time(promotion)
    unknown = set(promotion.stores) - {store.pk for store in all_stores()}
    if unknown:
        raise _wrong("stores", _("There is no such store."))


def _require_figures(promotion: Promotion, kind: Kind) -> None:
    for name in sorted(FIGURES - NEEDED[kind]):
        setattr(promotion, name, None)
    for name in sorted(NEEDED[kind]):
        value = getattr(promotion, name)
        if value is None or (value == 0 and kind != Kind.FIXED_PRICE):
            raise _wrong(name, _("This kind of promotion needs a figure here."))
    if kind == Kind.ANY_FOR and promotion.buy == 1:
        raise _wrong("buy", _("Two pieces at least. For one piece choose a fixed price."))


def _require_sound_time(promotion: Promotion) -> None:
    if promotion.starts_at and promotion.ends_at and promotion.starts_at >= promotion.ends_at:
        raise _wrong("ends_at", _("It would end before it begins."))
    since, until = promotion.hours_from, promotion.hours_until
    if (since is None) != (until is None) or (since is not None and since == until):
        raise _wrong("hours_until", _("Give both hours, and not the same."))


def _set_targets(promotion: Promotion, targets: Sequence[TargetInput]) -> list[str]:
    PromotionTarget.objects.filter(promotion=promotion).delete()
    rows = [
        PromotionTarget(
            promotion=promotion, role=given.role, product=given.product, category=given.category, brand=given.brand
        )
        for given in targets
    ]
    for row in rows:
        if sum(goods is not None for goods in (row.product, row.category, row.brand)) != 1:
            raise _wrong("targets", _("Give a product, a category or a brand, and one of them only."))
        validated(row)
    PromotionTarget.objects.bulk_create(rows)
    return sorted(f"{row.get_role_display()} {row}" for row in rows)


def _told(promotion: Promotion) -> list[str]:
    """The goods as the journal tells them."""
    rows = PromotionTarget.objects.filter(promotion=promotion).select_related("product", "category", "brand")
    return sorted(f"{row.get_role_display()} {row}" for row in rows)


def _require_reward_with(promotion: Promotion) -> None:
    is_rewarding = PromotionTarget.objects.filter(promotion=promotion, role=PromotionTarget.Role.REWARD).exists()
    if is_rewarding and promotion.kind != Kind.BUY_GET:
        raise _wrong("targets", _("Only “buy some, get some” gives other goods."))


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
