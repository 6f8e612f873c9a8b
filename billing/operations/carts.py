"""What lies in a register's cart, and how much of it. The cart's row is locked while it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.carts import CartLine, lines_of, put_lines
from billing.models import Cart, Register
from billing.operations.lots_in_hand import require_scan_sellable
from billing.operations.quote import MOST_LINES, valid_quantity
from billing.refusals import CartGone, EmptySale, LineGone, UnknownProduct, WeightNeeded
from billing.typed import Typed
from catalog.queries import Scanned, Sellable, find_scanned, search, sellable_by_id
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Touched:
    """The cart as it is now, and the line that changed."""

    cart: Cart
    line: str


@transaction.atomic
def add_to_cart(
    typed: Typed, *, product: UUID | None = None, register: Register, store: Store, actor: Actor, at: datetime
) -> Touched:
    """One more of what the code or name means; a quantity without a code is that of the last line.

    The same thing again goes onto its line. Raises UnknownProduct, ExpiredLot, RecalledLot, WeightNeeded,
    BadQuantity, EmptySale.
    """
    require(actor, Permission.SELL, store.pk)
    cart = active_cart(register, store)
    lines = lines_of(cart)
    if typed.quantity is not None and not typed.code and product is None:
        return change_quantity(cart.pk, _last(lines).id, to=typed.quantity, store=store, actor=actor, at=at)
    scan, code = _find(typed.code, product, store, at)
    require_scan_sellable(scan, store=store, at=at)
    item, quantity = scan.item, typed.quantity
    if quantity is None and item.is_weighed and not scan.is_measured:
        raise WeightNeeded(
            _("How much %s is it?") % item.name, product=str(item.id), name=item.name, unit=item.unit, code=code
        )
    added = CartLine(item.id, item.name, ONE if quantity is None else quantity, code)
    known = next((line for line in lines if _is_same(line, added)), None)
    if known is not None:
        added = replace(known, quantity=known.quantity + added.quantity)
        lines = [line for line in lines if line.id != known.id]
    elif len(lines) >= MOST_LINES:
        raise EmptySale(_("A bill has at most %(most)s lines.") % {"most": MOST_LINES})
    valid_quantity(added.quantity, scan)
    return _kept(cart, [*lines, added], added)


@transaction.atomic
def change_quantity(
    cart_id: UUID,
    line_id: str,
    *,
    to: Decimal | None = None,
    by: Decimal | None = None,
    store: Store,
    actor: Actor,
    at: datetime,
) -> Touched:
    """To this many, or by so many more; none left removes the line. Raises CartGone, LineGone, BadQuantity."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    line = line_in(cart, line_id)
    quantity = to if to is not None else line.quantity + (by or ONE)
    if quantity <= 0:
        return remove_line(cart_id, line_id, store=store, actor=actor, at=at)
    scan, _code = _find(line.code, None if line.code else line.product, store, at)
    valid_quantity(quantity, scan)
    changed = replace(line, quantity=quantity)
    return _kept(cart, [changed if other.id == line_id else other for other in lines_of(cart)], changed)


@transaction.atomic
def remove_line(cart_id: UUID, line_id: str, *, store: Store, actor: Actor, at: datetime) -> Touched:
    """What was rung up and taken out again is kept in the journal. Raises CartGone, LineGone."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    line = line_in(cart, line_id)
    AuditEntry.record("cart.line_removed", cart, actor=actor, at=at, product=line.name, quantity=line.quantity)
    return _kept(cart, [other for other in lines_of(cart) if other.id != line_id], line)


@transaction.atomic
def fit_to_stock(cart_id: UUID, left: Mapping[UUID, Decimal], *, store: Store, actor: Actor, at: datetime) -> Cart:
    """Lines of what is short, last ones first, come down to what is `left` of their products. Raises CartGone."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    rest, kept = dict(left), []
    for line in lines_of(cart):
        available = rest.get(line.product)
        if available is not None:
            fitting = min(line.quantity, available)
            rest[line.product] = available - fitting
            line = replace(line, quantity=fitting)
        if line.quantity > 0:
            kept.append(line)
    put_lines(cart, kept)
    cart.save(update_fields=["lines", "updated_at"])
    AuditEntry.record("cart.fitted", cart, actor=actor, at=at, lines=len(kept))
    return cart


@transaction.atomic
def drop_cart(cart_id: UUID, *, store: Store, actor: Actor, at: datetime) -> None:
    """The customer does not want any of it. Raises CartGone."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id, Cart.State.ACTIVE, Cart.State.HELD)
    cart.state = Cart.State.DROPPED
    cart.save(update_fields=["state", "updated_at"])
    AuditEntry.record("cart.dropped", cart, actor=actor, at=at, lines=len(cart.lines))


def active_cart(register: Register, store: Store) -> Cart:
    """The register's cart, locked; a new one where there is none."""
    wanted = Cart.objects.select_for_update(of=("self",)).filter(register=register, state=Cart.State.ACTIVE)
    cart = wanted.first()
    if cart is not None:
        return cart
    try:
        with transaction.atomic():
            return Cart.objects.create(register=register, store_id=store.pk)
    except IntegrityError:  # a second window of the register, a moment ago
        return wanted.get()


def locked_cart(cart_id: UUID, *states: str) -> Cart:
    """The cart for changing. Raises CartGone for one that has been paid, held or dropped meanwhile."""
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id).first()
    if cart is None or cart.state not in (states or (Cart.State.ACTIVE,)):
        raise CartGone(_("This cart has been paid, held or dropped meanwhile."))
    return cart


def line_in(cart: Cart, line_id: str) -> CartLine:
    """Raises LineGone."""
    for line in lines_of(cart):
        if line.id == line_id:
            return line
    raise LineGone(_("This line is not in the cart any more."))


def save_line(cart: Cart, changed: CartLine) -> Touched:
    return _kept(cart, [changed if line.id == changed.id else line for line in lines_of(cart)], changed)


def _kept(cart: Cart, lines: list[CartLine], touched: CartLine) -> Touched:
    put_lines(cart, lines)
    cart.save(update_fields=["lines", "updated_at"])
    return Touched(cart, touched.id)


def _last(lines: list[CartLine]) -> CartLine:
    if not lines:
        raise EmptySale(_("There is nothing in the cart yet."))
    return lines[-1]


def _is_same(line: CartLine, added: CartLine) -> bool:
    has_terms = line.discount or line.price is not None or line.lot or line.expires_on
    return line.product == added.product and line.code == added.code and not has_terms


def _find(code: str, product: UUID | None, store: Store, at: datetime) -> tuple[Scanned, str]:
    """The product and the code it was found by: none where it was chosen by its name. Raises UnknownProduct."""
    if product is not None:
        item = sellable_by_id([product]).get(product)
    else:
        scan = _scanned(code, store, at)
        if scan is not None:
            return scan, code
        item = _only_one_named(code)
    if item is None:
        raise UnknownProduct(_("There is no product “%s”.") % code, code=code)
    return Scanned(item), ""


def _scanned(code: str, store: Store, at: datetime) -> Scanned | None:
    """Raises UnreadableCode."""
    if not code:
        return None
    return find_scanned([code], on=store.document_date(at), currency=store.org.currency).get(code)


def _only_one_named(text: str) -> Sellable | None:
    """The one product with this in its name; of several somebody has to choose. Of a code that is unknown nothing
    is guessed."""
    if len(text) < 2 or text.isdigit():
        return None
    wanted = text.casefold()
    found = [item for item in search(text, 5) if any(wanted in name.casefold() for name in _names(item))]
    return found[0] if len(found) == 1 else None


def _names(item: Sellable) -> list[str]:
    return [item.name, *item.names.values()]
