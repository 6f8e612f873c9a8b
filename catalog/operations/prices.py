"""Prices from a moment on: of a product everywhere, in one store, or in a price list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Price, PriceList, Product
from catalog.operations.noting import noted_by
from catalog.operations.products import require_under_mrp
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.money import round_money
from pantrypal.core.queries import all_stores
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent


@dataclass(frozen=True, slots=True)
class PriceInput:
    """What a product is to cost, and where; None ends the price of a store or of a list. Now, without `valid_from`."""

    product: Product
    price: Decimal | None
    store: UUID | None = None
    price_list: PriceList | None = None
    valid_from: datetime | None = None


@transaction.atomic
def set_price(given: PriceInput, *, org: Organization, actor: Actor, at: datetime) -> Price:
    """Note a price from now on, or from a moment to come. Raises Invalid, PriceAboveMrp.

    A product's own price of now is put on the product itself. What was sold before keeps its price.
    """
    require(actor, Permission.PRICE_EDIT, given.store)
    product = Product.objects.select_for_update(of=("self",)).get(pk=given.product.pk)
    valid_from = given.valid_from or at
    price = _sound(given, valid_from, org, at)
    if price is not None:
        require_under_mrp(price=price, mrp=product.mrp, org=org)
    noted_by(actor.label, at)
    if given.store is None and given.price_list is None and valid_from == at:
        return _change_now(product, price, actor, at)
    row = Price(
        product=product,
        store_id=given.store,
        price_list=given.price_list,
        price=price,
        was=product.known_price if given.store is None and given.price_list is None else None,
        valid_from=valid_from,
        at=at,
        actor=actor.label,
    )
    save_valid(row)
    where = _where(row)
    AuditEntry.record("price.noted", product, actor=actor, at=at, price=price, valid_from=valid_from, where=where)
    OutboxEvent.emit("price.changed", product=str(product.pk), valid_from=valid_from.isoformat())
    return row


@transaction.atomic
def withdraw_price(row: Price, *, actor: Actor, at: datetime) -> None:
    """Take back a price that has not begun. Raises Invalid for one that has: it is history."""
    require(actor, Permission.PRICE_EDIT, row.store_id)
    row = Price.objects.select_for_update(of=("self",)).select_related("product").get(pk=row.pk)
    if row.valid_from <= at:
        raise _wrong("valid_from", _("This price has begun already. Please note a new one instead."))
    told = {"price": row.price, "valid_from": row.valid_from, "where": _where(row)}
    AuditEntry.record("price.withdrawn", row.product, actor=actor, at=at, **told)
    row.delete()
    OutboxEvent.emit("price.changed", product=str(row.product_id))


@transaction.atomic
def save_price_list(price_list: PriceList, *, actor: Actor, at: datetime) -> PriceList:
    """Create or change a price list. Raises Invalid."""
    require(actor, Permission.PRICE_EDIT)
    before = None if price_list._state.adding else PriceList.objects.select_for_update().get(pk=price_list.pk)
    if price_list.starts_at and price_list.ends_at and price_list.starts_at >= price_list.ends_at:
        raise _wrong("ends_at", _("It would end before it begins."))
    if set(price_list.stores) - {store.pk for store in all_stores()}:
        raise _wrong("stores", _("There is no such store."))
    price_list.name = price_list.name.strip()
    save_valid(price_list)
    if before is None:
        AuditEntry.record("price_list.created", price_list, actor=actor, at=at)
    else:
        old, new = differences(before, price_list)
        if not new:
            return price_list
        AuditEntry.record("price_list.changed", price_list, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("price_list.changed", price_list=str(price_list.pk))
    return price_list


def _sound(given: PriceInput, valid_from: datetime, org: Organization, at: datetime) -> Decimal | None:
    if valid_from < at:
        raise _wrong("valid_from", _("What was sold before keeps its price: please give a moment to come."))
    if given.store is not None and given.store not in {store.pk for store in all_stores()}:
        raise _wrong("store", _("There is no such store."))
    if given.price is None:
        if given.store is None and given.price_list is None:
            raise _wrong("price", _("A product needs a price."))
        return None
    if given.price < 0 or given.price != round_money(given.price, org.places):
        raise _wrong("price", _("Not below zero, and not finer than the smallest coin."))
    return round_money(given.price, org.places)


def _change_now(product: Product, price: Decimal | None, actor: Actor, at: datetime) -> Price:
    assert price is not None
    before = _in_force(product, at)
    old = before.price if before else product.known_price
    if price != product.known_price:
        product.put_price(price)
        product.save(update_fields=["price", "price_is_missing", "updated_at"])
    elif old != price:  # a change that was noted ahead has begun, and is taken back
        Price.objects.create(product=product, price=price, was=old, valid_from=at, at=at, actor=actor.label)
    if old != price:
        AuditEntry.record("price.changed", product, actor=actor, at=at, old={"price": old}, new={"price": price})
        OutboxEvent.emit("product.changed", product=str(product.pk))
    return _in_force(product, at) or Price(product=product, price=price, valid_from=at, at=at)


def _in_force(product: Product, at: datetime) -> Price | None:
    rows = Price.objects.filter(product=product, store_id=None, price_list=None, valid_from__lte=at)
    return rows.order_by("-valid_from", "-id").first()


def _where(row: Price) -> str:
    if row.price_list is not None:
        return str(row.price_list)
    return next((store.name for store in all_stores() if store.pk == row.store_id), "")


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})
