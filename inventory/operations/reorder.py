"""Reorder rules, and orders drafted by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from inventory.models import PurchaseOrder, ReorderRule, StockMove, Supplier, SupplierPrice
from inventory.operations.purchase_orders import OrderedGoods, save_order
from inventory.queries.needs import suggestions
from inventory.reorder import SALES_DAYS
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry

Kind = StockMove.Kind
SPARE_DAYS = 2  # sold before the shelf is empty, if the supplier comes late
ORDER_DAYS = 14  # for which one order is to last


@transaction.atomic
def save_rule(rule: ReorderRule, *, actor: Actor, at: datetime) -> ReorderRule:
    """Raises Invalid."""
    require(actor, Permission.PURCHASE, rule.store_id)
    before = None if rule._state.adding else ReorderRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    save_valid(rule)
    if before is None:
        AuditEntry.record("reorder_rule.created", rule, actor=actor, at=at, target=rule.target)
        return rule
    old, new = differences(before, rule)
    if new:
        AuditEntry.record("reorder_rule.changed", rule, actor=actor, at=at, old=old, new=new)
    return rule


@transaction.atomic
def remove_rules(rules: Iterable[ReorderRule], *, actor: Actor, at: datetime) -> int:
    """Order these products by eye from now on. Returns how many rules there were."""
    done = 0
    for rule in rules:
        require(actor, Permission.PURCHASE, rule.store_id)
        AuditEntry.record("reorder_rule.removed", rule, actor=actor, at=at)
        rule.delete()
        done += 1
    return done


@transaction.atomic
def make_rules(store: Store, *, actor: Actor, at: datetime) -> int:
    """A rule for each product that a supplier has priced, that sells here and that has none: from what it sells.

    Returns how many rules were made.
    """
    require(actor, Permission.PURCHASE, store.pk)
    known = ReorderRule.objects.filter(store_id=store.pk).values("product")
    sold = StockMove.objects.filter(
        store_id=store.pk, kind__in=(Kind.SALE, Kind.RETURN), at__gte=at - timedelta(days=SALES_DAYS)
    )
    sums = dict(sold.exclude(product__in=known).values_list("product").annotate(sum=-Sum("quantity")))
    prices = SupplierPrice.objects.filter(product__in=sums, supplier__archived_at=None).select_related("supplier")
    newest = prices.order_by("product_id", "-valid_from").distinct("product_id")
    rules = [_rule(store, price, sums[price.product_id]) for price in newest if sums[price.product_id] > 0]
    ReorderRule.objects.bulk_create(rules, ignore_conflicts=True)
    AuditEntry.record("reorder_rules.made", store, actor=actor, at=at, rules=len(rules))
    return len(rules)


def _rule(store: Store, price: SupplierPrice, sold: Decimal) -> ReorderRule:
    per_day = sold / SALES_DAYS
    point = (per_day * SPARE_DAYS).to_integral_value(ROUND_CEILING)
    target = point + (per_day * ORDER_DAYS).to_integral_value(ROUND_CEILING)
    return ReorderRule(
        store_id=store.pk,
        product_id=price.product_id,
        reorder_point=point,
        target=max(target, point + 1),
        pack=price.pack,
    )


@transaction.atomic
def draft_orders(
    store: Store, packs: Mapping[UUID, Decimal] | None = None, *, actor: Actor, at: datetime
) -> list[PurchaseOrder]:
    """One draft for each supplier, of what is due now. `packs` of the chosen products; None takes every suggestion.

    A product for which no supplier is known is left out. Raises Invalid where nothing is left to order.
    """
    require(actor, Permission.PURCHASE, store.pk)
    by_supplier: defaultdict[UUID, list[OrderedGoods]] = defaultdict(list)
    for need in suggestions(store, at=at):
        wanted = need.packs if packs is None else packs.get(need.product, ZERO)
        if need.supplier is not None and wanted > 0:
            by_supplier[need.supplier].append(OrderedGoods(need.product, wanted, need.pack))
    if not by_supplier:
        raise Invalid(_("Nothing that is due has been chosen."), {"lines": [_("Nothing that is due has been chosen.")]})
    suppliers = Supplier.objects.in_bulk(by_supplier)
    return [
        save_order(PurchaseOrder(supplier=suppliers[pk]), goods, store=store, actor=actor, at=at)
        for pk, goods in by_supplier.items()
    ]
