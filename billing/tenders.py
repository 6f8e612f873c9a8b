"""Settling a total with what was handed over. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from billing.models.payment import Method
from billing.refusals import PaymentMismatch
from billing.sale import Tender
from pantrypal.core.money import ZERO, round_money


@dataclass(frozen=True, slots=True)
class Settled:
    """One payment of the bill: `amount` counts towards the total, `tendered` is the cash handed over."""

    method: str
    amount: Decimal
    tendered: Decimal | None
    reference: str
    stored_value_id: UUID | None = None


def settle(total: Decimal, tenders: Sequence[Tender], places: int) -> tuple[list[Settled], Decimal]:
    """The payments, which add up to `total` exactly, and the change. Raises PaymentMismatch."""
    fixed = sum((tender.amount for tender in tenders if tender.amount is not None), ZERO)
    rest = total - fixed
    settled = []
    change = ZERO
    for tender in tenders:
        amount = tender.amount
        if amount is None:  # the first open one takes what is left
            amount, rest = rest, ZERO
        amount = _exact(amount, places)
        if tender.tendered is not None:
            change += _change(tender, amount)
        settled.append(Settled(tender.method, amount, tender.tendered, tender.reference, tender.stored_value))
    paid = sum((payment.amount for payment in settled), ZERO)
    if paid != total or not settled:
        raise PaymentMismatch(
            _("The payments add up to %(paid)s, but the bill is %(total)s.") % {"paid": paid, "total": total},
            paid=paid,
            total=total,
        )
    return settled, round_money(change, places)


def _exact(amount: Decimal, places: int) -> Decimal:
    """The amount in the currency's places; a payment is never below zero nor a fraction of a paisa."""
    exact = round_money(amount, places)
    if exact != amount or amount < 0:
        raise PaymentMismatch(_("%s is not an amount that can be paid.") % amount)
    return exact


def _change(tender: Tender, amount: Decimal) -> Decimal:
    assert tender.tendered is not None
    if tender.method != Method.CASH:
        raise PaymentMismatch(_("Change is given for cash only."))
    if tender.tendered < amount:
        raise PaymentMismatch(
            _("%(tendered)s was handed over, but %(amount)s is to be paid.")
            % {"tendered": tender.tendered, "amount": amount}
        )
    return tender.tendered - amount
