"""Turning a paid basket into a posted bill. Page and API both come here; nothing else makes bills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import Register, Shift
from billing.operations.ages import note_age_of_buyer, require_age_checked
from billing.operations.asked_payments import require_confirmed
from billing.operations.buyers import customer_of
from billing.operations.limits import may_oversell, require_allowed
from billing.operations.lots_in_hand import lots_to_take, recalled_goods, require_enough_without_recalled
from billing.operations.offline import happened_at, numbering_of
from billing.operations.quote import Quote, quote
from billing.operations.shifts import ShiftAlreadyOpen, close_shift, open_shift
from billing.operations.stored_tenders import with_accounts
from billing.posting.bills import Circumstances, draft_bill, post
from billing.queries import PostedBill, posted_bill, standing
from billing.refusals import (
    BillIdReused,
    CouponRefused,
    ExpiredLot,
    InsufficientStock,
    InsufficientStoredValue,
    ShiftNotOpen,
    TotalChanged,
)
from billing.sale import Sale
from billing.tenders import Settled, settle
from customers.models import Customer
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO


@transaction.atomic(savepoint=False)
def checkout(sale: Sale, *, actor: Actor, at: datetime) -> PostedBill:
    """Post the bill with everything that belongs to it, or nothing at all.

    A till that lost the answer sends the same sale again and gets the first bill back. Locks, in this
    order: the bill's id, shift (shared), stock levels by primary key, coupons, stored values, number series.
    Raises the refusals of `billing.refusals`, Invalid, Forbidden.
    """
    store = sale.basket.store
    require(actor, Permission.SELL, store.pk)
    is_posted, shift = standing(sale.register, sale.id)
    if is_posted and (earlier := _earlier(sale)):
        return earlier
    shift = _shift(shift, sale.register, store, actor, at)
    customer = customer_of(sale.basket.buyer, store, actor, at)
    is_past = sale.occurred_at is not None
    priced = quote(sale.basket, customer=customer, at=happened_at(sale, at), is_past=is_past)
    _require_usable(priced, sale)
    _require_total(sale, priced)
    lots = lots_to_take(priced, on=store.document_date(at), is_past=is_past)
    require_allowed(sale, priced, actor=actor, at=at)
    settled, change = _settle(_payable(sale, priced), priced, customer)
    given = Circumstances(
        shift=shift,
        customer=customer,
        change=change,
        oversell=_may_oversell(sale, priced, actor, at),
        actor=actor,
        at=at,
        lots=lots,
        happened_at=happened_at(sale, at),
        numbering=numbering_of(sale, at=at),
    )
    draft = draft_bill(sale, priced, settled, given)
    answer = post(draft, store=store, actor=actor)
    if answer.get("posted"):  # by a twin of this request, a moment ago
        twin = _earlier(sale)
        assert twin is not None
        return twin
    _require_taken(answer, priced)
    note_age_of_buyer(draft.bill, priced, sale.checked_age, actor=actor, at=at)
    return PostedBill(draft.bill, draft.lines, draft.payments, draft.buyer)


def _require_usable(priced: Quote, sale: Sale) -> None:
    """Raises CouponRefused, AgeCheckRequired, but for a sale that has happened off line."""
    if sale.occurred_at is not None:
        return
    for coupon in priced.coupons:
        if coupon.is_refused:
            raise CouponRefused(coupon.sentence, coupon=coupon.code)
    require_age_checked(priced, sale.checked_age, sale=sale.id)


def _require_taken(answer: dict[str, Any], priced: Quote) -> None:
    """Raises what has kept the posting from taking place."""
    if answer.get("closed"):
        raise ShiftNotOpen(_("This shift has just been closed. Please open a new one."))
    if short := answer.get("short"):
        raise _shortage(short[0], short, priced)
    if spent := answer.get("spent"):
        raise CouponRefused(_("Coupon %s has just been used by somebody else.") % spent[0], coupon=spent[0])
    if lacking := answer.get("lacking"):
        balance = format(lacking[0]["balance"], "f")
        raise InsufficientStoredValue(_("Only %s is left on this store credit.") % balance, balance=balance)


def _require_total(sale: Sale, priced: Quote) -> None:
    """Raises TotalChanged, but for a paper that is out of the house already."""
    if sale.expected_total not in (None, priced.cart.total) and sale.occurred_at is None:
        sentence = _("The total has changed to %s. Please check with the customer.")
        raise TotalChanged(sentence % priced.cart.total, quote=priced)


def _payable(sale: Sale, priced: Quote) -> Sale:
    """A paper with another total than its lines have is paid as far as it goes, all of it by its first means."""
    if sale.expected_total in (None, priced.cart.total):
        return sale
    return replace(sale, payments=tuple(replace(part, amount=None, tendered=None) for part in sale.payments[:1]))


def _settle(sale: Sale, priced: Quote, customer: Customer | None) -> tuple[list[Settled], Decimal]:
    """The payments, which add up, and the change. Raises PaymentMismatch, PaymentNotConfirmed."""
    places = sale.basket.store.org.places
    settled, change = settle(priced.cart.total, with_accounts(sale.payments, customer), places)
    require_confirmed(settled, sale)
    return settled, change


def _may_oversell(sale: Sale, priced: Quote, actor: Actor, at: datetime) -> bool:
    """Whether goods go that the books do not have; never recalled ones, but for those that have gone off line."""
    allowed = may_oversell(sale, actor=actor, at=at)
    if allowed and sale.occurred_at is None:
        require_enough_without_recalled(priced)
    return allowed


def _earlier(sale: Sale) -> PostedBill | None:
    """The bill that this very sale has made already. Raises BillIdReused for another sale's id."""
    earlier = posted_bill(sale.id, is_repeat=True)
    if earlier is not None and earlier.bill.fingerprint != sale.fingerprint():
        raise BillIdReused(
            _("Bill %s was made with this id and other content. Nothing was changed.") % earlier.bill.number
        )
    return earlier


def _shift(shift: Shift | None, register: Register, store: Store, actor: Actor, at: datetime) -> Shift:
    """The open shift; an integration's opens by itself each business day."""
    if register.kind == Register.Kind.API:
        today = store.business_date(at)
        if shift is not None and shift.business_date < today:
            close_shift(shift=shift, counted_cash=ZERO, actor=Actor.system(actor.org_id), at=at)
            shift = None
        if shift is None:
            shift = _open_by_itself(register, store, actor, at)
    if shift is None:
        raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
    return shift


def _open_by_itself(register: Register, store: Store, actor: Actor, at: datetime) -> Shift:
    system = Actor.system(actor.org_id)
    try:
        with transaction.atomic():
            return open_shift(register=register, store=store, opening_float=ZERO, actor=system, at=at)
    except ShiftAlreadyOpen:  # by another request, a moment ago
        return Shift.objects.get(register=register, closed_at=None)


def _shortage(first: dict[str, Any], all_of_them: list[dict[str, Any]], priced: Quote) -> DomainError:
    """The refusal for goods that are not there, or are there and may not be sold."""
    names = {str(goods.product): goods.name for line in priced.lines for goods in line.item.goods()}
    name = names[first["product"]]
    if first["recalled"]:
        return recalled_goods(name)
    if first["expired"] and first["expired_on"]:
        expired_on = date_format(date.fromisoformat(first["expired_on"]))
        return ExpiredLot(
            _("What is left of %(product)s expired on %(date)s and must not be sold.")
            % {"product": name, "date": expired_on}
        )
    left = Decimal(first["available"]).normalize()
    shortages = [
        {"product": short["product"], "name": names[short["product"]], **_amounts(short)} for short in all_of_them
    ]
    if not left:
        return InsufficientStock(_("%s is out of stock.") % name, items=shortages)
    sentence = _("Only %(left)s of %(product)s are left.") % {"left": format(left, "f"), "product": name}
    return InsufficientStock(sentence, items=shortages)


def _amounts(short: dict[str, Any]) -> dict[str, str]:
    return {key: format(Decimal(short[key]), "f") for key in ("wanted", "available")}
