"""What is asked of a sale, as the edges hand it over."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from billing.models import Register, RegisterDevice
from billing.pricing import Discount
from pantrypal.core.models import Store


@dataclass(frozen=True, slots=True)
class Printed:
    """What the paper of a sale made off line says of a line, and the books will too, whatever the catalog says by now.

    `price` is that of one pack; `code` the one on it; `by_piece`: a label with its price on it, of something weighed.
    """

    price: Decimal
    rate: Decimal
    cess: Decimal
    pack: Decimal = Decimal(1)
    code: str = ""
    by_piece: bool = False


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line, by product id or by a code as scanned (barcode, GS1 symbol, scale label, PLU, SKU).

    The quantity is that of the packs or labels scanned: a label of 0.750 kg is sold once. `lot` and `expires_on`
    are what the pack in hand says; a code that carries them need not repeat them. `price` takes the place of the
    catalog's, with a manager's yes. `printed` goes with a product's id.
    """

    quantity: Decimal
    product: UUID | None = None
    code: str = ""
    discount: Discount | None = None
    lot: str = ""
    expires_on: date | None = None
    price: Decimal | None = None
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class Tender:
    """A means of payment. Without an amount it pays what the others leave; cash may hand over more.

    The reference of store credit is its code, for which the checkout puts the account.
    """

    method: str
    amount: Decimal | None = None
    tendered: Decimal | None = None
    reference: str = ""
    stored_value: UUID | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer by id, or by phone: found, or made if there is none."""

    customer: UUID | None = None
    phone: str = ""
    name: str = ""
    email: str = ""
    gstin: str = ""
    address: str = ""
    state_code: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """What a quote prices: no id, no payment. `coupons` are codes as the buyer gives them."""

    store: Store
    lines: tuple[SaleLine, ...]
    discount: Discount | None = None
    buyer: Buyer | None = None
    coupons: tuple[str, ...] = ()

    @property
    def is_printed(self) -> bool:
        """Whether its lines are on paper already."""
        return any(line.printed is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Offline:
    """That the register's own device has made and numbered a sale (billing.operations.offline).

    `renumber`: numbers before it are lost, give it another one.
    """

    device: RegisterDevice | None
    sequence: int
    renumber: bool = False


@dataclass(frozen=True, slots=True)
class Sale:
    """A basket that is paid. `id` is the idempotency key of the sale, chosen by the client (UUIDv7).

    `expected_total` is what the buyer was shown; `occurred_at` marks a sale made off line. `approvals` are
    a manager's yes to a discount over the limit, or to `oversell`. `checked_age`: so many years old, at least,
    somebody has found the buyer to be.
    """

    id: UUID
    register: Register
    basket: Basket
    payments: tuple[Tender, ...]
    expected_total: Decimal | None = None
    occurred_at: datetime | None = None
    approvals: tuple[UUID, ...] = ()
    oversell: bool = False
    checked_age: int = 0
    offline: Offline | None = None

    def fingerprint(self) -> str:
        """SHA-256 of what was asked for: tells a repeat of a sale from another one with its id."""
        basket = self.basket
        asked = {
            "register": self.register.pk,
            "lines": [_told(asdict(line) | {"discount": _asked_off(line.discount)}) for line in basket.lines],
            "discount": _asked_off(basket.discount),
            "buyer": asdict(basket.buyer) if basket.buyer else None,
            "payments": [asdict(tender) for tender in self.payments],
            "occurred_at": self.occurred_at,
            "offline": self.offline.sequence if self.offline else None,
        }
        if basket.coupons:
            asked["coupons"] = list(basket.coupons)
        return sha256(json.dumps(asked, default=_plain, sort_keys=True).encode()).hexdigest()


def _told(line: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if value not in (None, "")}


def _asked_off(discount: Discount | None) -> object:
    # Without its reason, which is in the language of the page.
    return discount and [discount.percent, discount.amount]


def _plain(value: object) -> str:
    # 2, 2.0 and 2.000 ask for the same.
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
