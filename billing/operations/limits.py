"""What a cashier may not decide alone, and how a sale shows that a manager did."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import ApprovalKind, TillRules
from billing.operations.approvals import Question, require_approval
from billing.operations.quote import Quote
from billing.queries import till_rules
from billing.sale import Sale
from pantrypal.core.access import Role
from pantrypal.core.actor import Actor
from pantrypal.core.models import Store

HUNDRED = Decimal(100)
OWNERS = frozenset({Role.OWNER})


def require_allowed(sale: Sale, quote: Quote, *, actor: Actor, at: datetime) -> None:
    """Raises ApprovalRequired for another price than the catalog's, and for a discount by hand over the limit of
    the actor's role."""
    if changed := [line for line in quote.lines if line.asked.price is not None]:
        names = ", ".join(line.item.name for line in changed)
        changes = Question(ApprovalKind.PRICE_CHANGE, sale.id, sale.basket.store, _("Other price: %s") % names)
        require_approval(changes, *sale.approvals, actor=actor, at=at)
    by_hand = sum((line.priced.discount_by_hand for line in quote.lines), Decimal(0))
    if not by_hand:
        return
    rules = till_rules()
    question = Question(ApprovalKind.DISCOUNT, sale.id, sale.basket.store, _reasons(quote), by_hand)
    if _is_over(rules.manager_discount_limit, quote, by_hand):
        require_approval(question, *sale.approvals, actor=actor, at=at, roles=OWNERS)
    elif _is_over(_limit_of(actor, rules), quote, by_hand):
        require_approval(question, *sale.approvals, actor=actor, at=at)


def _limit_of(actor: Actor, rules: TillRules) -> int:
    """In percent of a line and of a bill."""
    if actor.kind == "key":
        return rules.integration_discount_limit
    return rules.cashier_discount_limit


def may_oversell(sale: Sale, *, actor: Actor, at: datetime) -> bool:
    """A sale made off line has happened: it is always taken, and what it oversold becomes an alert."""
    store = sale.basket.store
    if store.stock_policy == Store.StockPolicy.ALLOW or sale.occurred_at is not None:
        return True
    if not sale.oversell:
        return False
    question = Question(ApprovalKind.OVERSELL, sale.id, store, _("More than is there"))
    require_approval(question, *sale.approvals, actor=actor, at=at)
    return True


def _is_over(limit: int, quote: Quote, by_hand: Decimal) -> bool:
    before = quote.cart.subtotal - quote.cart.discount + by_hand
    if by_hand * HUNDRED > before * limit:
        return True
    lines = (line.priced for line in quote.lines if line.asked.discount)
    return any(line.discount_by_hand * HUNDRED > (line.net + line.discount_by_hand) * limit for line in lines)


def _reasons(quote: Quote) -> str:
    return "; ".join(sorted({reason.text for line in quote.lines for reason in line.priced.reasons if reason.by_hand}))
