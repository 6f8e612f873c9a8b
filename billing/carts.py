"""What lies in a cart: its lines as the row keeps them, and as the basket that a quote prices. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from billing.models import Cart
from billing.pricing import Discount
from billing.sale import Basket, Buyer, SaleLine
from catalog.queries import Sellable
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO


def new_line_id() -> str:
    """Never used again, so that a page that is out of date changes no other line by mistake."""
    return secrets.token_hex(4)


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line. The quantity counts what the code stands for: pieces, packs, labels, or kilograms.

    `name` is there for a line that cannot be priced any more, because its product is gone. `lot` and `expires_on`
    were read from the pack and typed in.
    """

    product: UUID
    name: str
    quantity: Decimal
    code: str = ""
    discount: Discount | None = None
    price: Decimal | None = None
    lot: str = ""
    expires_on: date | None = None
    id: str = field(default_factory=new_line_id)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "product": str(self.product),
            "name": self.name,
            "quantity": format(self.quantity, "f"),
            "code": self.code,
            "discount": discount_as_json(self.discount),
            "price": None if self.price is None else format(self.price, "f"),
            "lot": self.lot,
            "expires_on": None if self.expires_on is None else self.expires_on.isoformat(),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> CartLine:
        return cls(
            id=row["id"],
            product=UUID(row["product"]),
            name=row["name"],
            quantity=Decimal(row["quantity"]),
            code=row["code"],
            discount=discount_from_json(row["discount"]),
            price=None if row["price"] is None else Decimal(row["price"]),
            lot=row.get("lot", ""),
            expires_on=date.fromisoformat(row["expires_on"]) if row.get("expires_on") else None,
        )

    def as_sale_line(self) -> SaleLine:
        """By its code where it was scanned: a code may stand for a pack with a price of its own."""
        terms: dict[str, Any] = {"discount": self.discount, "price": self.price}
        terms |= {"lot": self.lot, "expires_on": self.expires_on}
        if self.code:
            return SaleLine(self.quantity, code=self.code, **terms)
        return SaleLine(self.quantity, product=self.product, **terms)


def cart_line(asked: SaleLine, item: Sellable) -> CartLine:
    """What a basket asks for, as a line of a cart."""
    terms: dict[str, Any] = {"discount": asked.discount, "price": asked.price}
    terms |= {"lot": asked.lot, "expires_on": asked.expires_on}
    return CartLine(item.id, item.name, asked.quantity, asked.code, **terms)


def lines_of(cart: Cart) -> list[CartLine]:
    return [CartLine.from_json(row) for row in cart.lines]


def put_lines(cart: Cart, lines: Sequence[CartLine]) -> None:
    """Into the row, which is not saved yet."""
    cart.lines = [line.as_json() for line in lines]


def basket_of(cart: Cart, store: Store) -> Basket:
    lines = tuple(line.as_sale_line() for line in lines_of(cart))
    buyer = Buyer(customer=cart.customer_id) if cart.customer_id else None
    return Basket(store, lines, discount_from_json(cart.discount), buyer, tuple(cart.coupons))


def discount_as_json(discount: Discount | None) -> dict[str, str]:
    if discount is None:
        return {}
    return {
        "percent": format(discount.percent, "f"),
        "amount": format(discount.amount, "f"),
        "reason": discount.reason,
    }


def discount_from_json(row: Mapping[str, str] | None) -> Discount | None:
    return Discount(Decimal(row["percent"]), Decimal(row["amount"]), row["reason"]) if row else None


def discount_by_hand(*, percent: Decimal = ZERO, amount: Decimal = ZERO, reason: str = "") -> Discount | None:
    """With its sentence for the bill; nothing off is no discount."""
    if not percent and not amount:
        return None
    sentence = _("%s %% off") % format(percent.normalize(), "f") if percent else _("Discount")
    return Discount(percent, amount, f"{sentence}: {reason}" if reason else sentence)
