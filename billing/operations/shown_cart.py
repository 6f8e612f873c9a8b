"""A register's cart as a screen shows it: priced, with what is left on the shelf. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from django.db.models import Q, Sum

from billing.carts import CartLine, basket_of, lines_of
from billing.models import Cart, Register
from billing.operations.quote import GRAM, Quote, QuotedLine, quote
from catalog.queries import Sellable
from inventory.models import StockLevel
from pantrypal.core.errors import DomainError
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`left` is what can still be sold of a product whose stock is counted; None of another."""

    line: CartLine
    quoted: QuotedLine | None
    left: Decimal | None

    @property
    def fitting(self) -> Decimal:
        """How much of this line's code is left: packs of six where the code is a six-pack's."""
        if self.left is None or self.quoted is None:
            return self.line.quantity
        each = self.quoted.quantity * self.quoted.item.pack / self.line.quantity
        fitting = max(self.left, ZERO) / each
        return fitting.quantize(GRAM, ROUND_FLOOR) if self.quoted.item.is_weighed else fitting // 1

    @property
    def is_short(self) -> bool:
        return (
            self.left is not None
            and self.quoted is not None
            and self.left < self.quoted.quantity * self.quoted.item.pack
        )


@dataclass(frozen=True, slots=True)
class ShownCart:
    """`problem` is why the cart cannot be priced as it is: a product gone, a price above its MRP."""

    cart: Cart | None
    lines: list[ShownLine]
    quote: Quote | None
    problem: DomainError | None = None

    @property
    def total(self) -> Decimal:
        return self.quote.cart.total if self.quote else ZERO

    @property
    def items(self) -> int:
        """Pieces and packs; what is weighed counts as one."""
        weighed = [shown for shown in self.lines if shown.quoted and shown.quoted.item.is_weighed]
        return sum(int(shown.line.quantity) for shown in self.lines if shown not in weighed) + len(weighed)


def shown_cart(register: Register, store: Store, at: datetime) -> ShownCart:
    """What is being rung up at this register."""
    cart = Cart.objects.select_related("customer").filter(register=register, state=Cart.State.ACTIVE).first()
    return show(cart, store, at)


def show(cart: Cart | None, store: Store, at: datetime) -> ShownCart:
    if cart is None or not cart.lines:
        return ShownCart(cart, [], None)
    lines = lines_of(cart)
    try:
        priced = quote(basket_of(cart, store), customer=cart.customer, at=at)
    except DomainError as problem:
        return ShownCart(cart, [ShownLine(line, None, None) for line in lines], None, problem)
    left = _left([quoted.item for quoted in priced.lines], store, at)
    shown = [
        ShownLine(line, quoted, left.get(quoted.item.id)) for line, quoted in zip(lines, priced.lines, strict=True)
    ]
    return ShownCart(cart, shown, priced)


def _left(items: list[Sellable], store: Store, at: datetime) -> dict[UUID, Decimal]:
    """Without the lots that have expired or were recalled."""
    counted = {item.id for item in items if item.tracks_stock}
    levels = StockLevel.objects.filter(store_id=store.pk, product__in=counted, lot__recalled_at=None)
    over = Q(on_hand__gt=0, lot__expires_on__lt=store.document_date(at))
    on_hand: dict[UUID, Decimal] = dict(levels.exclude(over).values_list("product").annotate(sum=Sum("on_hand")))
    return {product: on_hand.get(product, ZERO) for product in counted}
