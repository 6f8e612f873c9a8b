"""Taking the sales that a register's device has made while it was off line.

A sale that has happened is taken as its paper says. What a manager should look at is told: prices that the catalog
did not have, a total that does not add up from its lines; and a sale that cannot be taken at all, with all that is on
it, so that it is not lost with the device.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from billing.models import Cart, Register, RegisterDevice
from billing.operations.checkout import checkout
from billing.operations.offline import happened_at
from billing.queries import PostedBill
from billing.sale import Sale, SaleLine
from catalog.queries import ONE, PriceFacts, Sellable, price_facts, sellable_by_id
from catalog.refusals import PriceMissing
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Store
from pantrypal.core.money import round_money
from pantrypal.journal.models import AuditEntry, OutboxEvent


@dataclass(frozen=True, slots=True)
class TakenSale:
    """The bill, and whether its figures are those on the paper."""

    posted: PostedBill
    is_as_printed: bool


@transaction.atomic
def take_offline_sale(sale: Sale, *, cart_id: UUID | None = None, actor: Actor, at: datetime) -> TakenSale:
    """Post it, or give its bill back where it has been posted already.

    `cart_id`: the cart that was being rung up when the line went down; its goods are on this bill, so it is dropped.
    Raises OfflineGap, NotPaired, ShiftNotOpen, UnknownProduct, BadQuantity, BillIdReused.
    """
    require(actor, Permission.SELL, sale.basket.store.pk)
    posted = checkout(sale, actor=actor, at=at)
    bill = posted.bill
    is_as_printed = sale.expected_total in (None, bill.total)
    if posted.is_repeat:
        return TakenSale(posted, is_as_printed)
    differences: list[dict[str, str]] = list(_price_differences(sale, happened_at(sale, at)))
    if differences or not is_as_printed:
        told = {"total": str(bill.total), "paper": str(sale.expected_total), "lines": differences}
        AuditEntry.record("bill.paper_differs", bill, actor=actor, at=at, **told)
        OutboxEvent.emit("bill.paper_differs", bill=str(bill.pk), number=bill.number, **told)
    if cart_id is not None:
        _drop_cart(cart_id, sale.register, actor, at)
    return TakenSale(posted, is_as_printed)


@transaction.atomic
def note_refused_sale(
    *,
    bill_id: UUID,
    content: dict[str, Any],
    refusal: DomainError,
    register: Register,
    device: RegisterDevice,
    actor: Actor,
    at: datetime,
) -> bool:
    """Keep a sale that cannot be taken, with everything on it, and tell the owners once. False where it is known."""
    require(actor, Permission.SELL, register.store_id)
    noted = AuditEntry.objects.filter(action="offline.refused", subject_id=str(register.pk), data__bill=str(bill_id))
    if noted.exists():
        return False
    told = {"bill": str(bill_id), "code": refusal.code, "sentence": refusal.message}
    AuditEntry.record("offline.refused", register, actor=actor, at=at, device=device.name, content=content, **told)
    OutboxEvent.emit("offline.refused", register=str(register.pk), device=str(device.pk), **told)
    return True


def _price_differences(sale: Sale, at: datetime) -> Iterable[dict[str, str]]:
    """Where the catalog had another price at that moment. Packs and labels with a price of their own say theirs."""
    store = sale.basket.store
    plain = [line for line in sale.basket.lines if _is_plain(line)]
    items = sellable_by_id((line.product for line in plain if line.product), archived=True)
    facts = price_facts(items, store=store.pk, at=at)
    for line in plain:
        assert line.product is not None
        assert line.printed is not None
        item = items[line.product]
        usual = _usual_price(item, facts, store, at)
        if usual != line.printed.price:
            catalog = "" if usual is None else str(usual)
            yield {"product": item.name, "paper": str(line.printed.price), "catalog": catalog}


def _usual_price(item: Sellable, facts: PriceFacts, store: Store, at: datetime) -> Decimal | None:
    """None for what had no price at all."""
    try:
        return round_money(facts.price_of(item, store=store.pk, at=at).amount, store.org.places)
    except PriceMissing:
        return None


def _is_plain(line: SaleLine) -> bool:
    return line.printed is not None and line.printed.pack == ONE and not line.printed.by_piece


def _drop_cart(cart_id: UUID, register: Register, actor: Actor, at: datetime) -> None:
    """Whoever has paid, held or dropped it meanwhile had a reason."""
    wanted = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id, register=register)
    cart = wanted.filter(state=Cart.State.ACTIVE).first()
    if cart is None:
        return
    cart.state = Cart.State.DROPPED
    cart.save(update_fields=["state", "updated_at"])
    AuditEntry.record("cart.sold_offline", cart, actor=actor, at=at, lines=len(cart.lines))
