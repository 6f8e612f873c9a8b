"""Changing the prices of many products at once: looked at first, then done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Brand, Category, Price, PriceList, Product
from catalog.models.product import ProductQuerySet
from catalog.operations.noting import noted_by
from catalog.queries import categories_in
from catalog.repricing import PriceRule
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.queries import all_stores
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST = 50_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Which products: those of a category with all that lies in it, and of a brand; neither means all in sale."""

    category: Category | None = None
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Repriced:
    """One product: its price and what it becomes. With a sentence it keeps its price, and that is why."""

    product: Product
    old: Decimal
    new: Decimal
    sentence: str = ""


def preview_prices(
    selection: Selection, rule: PriceRule, *, store: UUID | None = None, org: Organization, at: datetime
) -> list[Repriced]:
    """What the rule would do, by name; products whose price it does not change are left out. Writes nothing.

    In a store it goes by the price there, the store's own where it has one. Raises Invalid.
    """
    found = list(_products(selection)[: MOST + 1])
    here = _prices_in(store, found, at) if store else {}
    rows = [_repriced(product, here.get(product.pk, product.known_price), rule, org) for product in found]
    if len(rows) > MOST:
        raise Invalid(_("More than %s products at once. Please choose a category or a brand.") % MOST)
    return [row for row in rows if row.new != row.old or row.sentence]


@transaction.atomic
def change_prices(
    selection: Selection,
    rule: PriceRule,
    *,
    valid_from: datetime | None = None,
    price_list: PriceList | None = None,
    store: UUID | None = None,
    org: Organization,
    actor: Actor,
    at: datetime,
) -> list[Repriced]:
    """Do what `preview_prices` shows, now, from a moment to come, into a price list or in one store. Returns those
    changed.

    What would come to lie above its MRP keeps its price. Raises Invalid.
    """
    require(actor, Permission.PRICE_EDIT, store)
    _require_one_place(store, price_list)
    if valid_from is not None and valid_from < at:
        raise Invalid(_("Please give a moment to come."), {"valid_from": [_("Please give a moment to come.")]})
    locked = {row.pk: row for row in _products(selection).select_for_update(of=("self",), no_key=True).order_by("pk")}
    rows = [
        row
        for row in preview_prices(selection, rule, store=store, org=org, at=at)
        if not row.sentence and row.product.pk in locked
    ]
    noted_by(actor.label, at)
    if valid_from is None and price_list is None and store is None:
        _put_now(rows, at)
    else:
        alike = {"price_list": price_list, "store_id": store, "valid_from": valid_from or at, "at": at}
        _note(rows, actor=actor.label, **alike)
    figures = {"percent": rule.percent, "amount": rule.amount, "step": rule.step, "ending": rule.ending}
    where = {"price_list": str(price_list) if price_list else "", "valid_from": valid_from}
    if store is not None:
        where["store"] = next(row.name for row in all_stores() if row.pk == store)
    AuditEntry.record("prices.changed", org, actor=actor, at=at, products=len(rows), **figures, **where)
    events = [OutboxEvent(topic="product.changed", payload={"product": str(row.product.pk)}) for row in rows]
    OutboxEvent.objects.bulk_create(events, batch_size=1000)
    return rows


def _put_now(rows: Sequence[Repriced], at: datetime) -> None:
    for row in rows:
        row.product.price = row.new
        row.product.updated_at = at
    Product.objects.bulk_update([row.product for row in rows], ["price", "updated_at"], batch_size=1000)


def _note(rows: Sequence[Repriced], **alike: Any) -> None:
    is_everywhere = alike["price_list"] is None and alike["store_id"] is None
    Price.objects.bulk_create(
        [Price(product=row.product, price=row.new, was=row.old if is_everywhere else None, **alike) for row in rows],
        batch_size=1000,
    )


def _require_one_place(store: UUID | None, price_list: PriceList | None) -> None:
    if store is not None and store not in {row.pk for row in all_stores() if row.archived_at is None}:
        raise Invalid(_("There is no such store."), {"store": [_("There is no such store.")]})
    if store is not None and price_list is not None:
        sentence = _("A price list says itself in which stores it holds.")
        raise Invalid(sentence, {"price_list": [sentence]})


def _prices_in(store: UUID, products: Sequence[Product], at: datetime) -> dict[UUID, Decimal]:
    """The store's own prices that have begun and not ended."""
    rows = Price.objects.filter(store_id=store, product__in=[row.pk for row in products], valid_from__lte=at)
    newest = dict(rows.order_by("valid_from", "id").values_list("product_id", "price"))
    return {pk: price for pk, price in newest.items() if price is not None}


def _products(selection: Selection) -> ProductQuerySet:
    products = Product.objects.sellable()
    if selection.category is not None:
        products = products.filter(category__in=categories_in(selection.category.pk))
    if selection.brand is not None:
        products = products.filter(brand=selection.brand)
    return products.order_by("name", "pk")


def _repriced(product: Product, old: Decimal | None, rule: PriceRule, org: Organization) -> Repriced:
    if old is None:
        return Repriced(product, product.price, product.price, _("It has no price yet."))
    new = rule.apply(old, org.places)
    if org.has_mrp_ceiling and product.mrp is not None and new > product.mrp:
        sentence = _("%(price)s would be above its MRP of %(mrp)s.") % {"price": new, "mrp": product.mrp}
        return Repriced(product, old, old, sentence)
    return Repriced(product, old, new)
