"""Shop: the builder every test uses. It makes rows through the operations a person would use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from billing.models import Register, Shift
from billing.operations.checkout import checkout
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.queries import PostedBill
from billing.sale import Basket, Sale, SaleLine, Tender
from catalog.gtin import check_digit
from catalog.models import Barcode, Product, TaxClass, TaxRate
from inventory.models import StockLevel, StockMove
from inventory.operations.stock import Goods, Source, add_stock
from pantrypal.core.access import Role
from pantrypal.core.actor import Actor
from pantrypal.core.models import Membership, Organization, Plan, Shard, Store, User
from pantrypal.core.money import ZERO
from pantrypal.core.operations.organizations import create_store, sign_up
from pantrypal.tenancy.context import org_scope
from pantrypal.tenancy.ids import uuid7

NOON = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)  # twelve o'clock in Kolkata
GST_RATES = ("0", "3", "5", "12", "18", "28", "40")

_numbers = count(1)


@dataclass
class Shop:
    """A small shop in Karnataka with one register and nothing sold yet."""

    org: Organization
    owner: User
    actor: Actor
    store: Store
    register: Register
    shift: Shift

    def product(self, name: str = "Milk 1 l", *, price: str = "63.00", rate: str = "5", **values: Any) -> Product:
        number = next(_numbers)
        tax_class = TaxClass.objects.get(code=f"gst{rate}")
        values.setdefault("sku", f"P{number}")
        return Product.objects.create(name=name, price=Decimal(price), tax_class=tax_class, **values)

    def barcode(self, product: Product, code: str = "", **values: Any) -> Barcode:
        """A GTIN of the demonstration range 952 unless a code is given."""
        if not code:
            body = f"952{next(_numbers):09}"
            code = body + check_digit(body)
        return Barcode.objects.create(product=product, code=code.zfill(14), **values)

    def stock(self, product: Product, quantity: str, *, lot: UUID | None = None, cost: str = "40") -> None:
        goods = [Goods(product.pk, Decimal(quantity), lot, Decimal(cost))]
        source = Source("test", uuid7(), "test", NOON)
        add_stock(goods, store=self.store.pk, kind=StockMove.Kind.OPENING, source=source)

    def on_hand(self, product: Product) -> Decimal:
        levels = StockLevel.objects.filter(product=product, store_id=self.store.pk)
        return sum((level.on_hand for level in levels), ZERO)

    def sale(self, *lines: SaleLine, payments: tuple[Tender, ...] = (), **values: Any) -> Sale:
        """A sale of these lines, paid in cash to the paisa unless told otherwise."""
        basket_values = {key: values.pop(key) for key in ("discount", "buyer", "coupons") if key in values}
        values.setdefault("id", uuid7())
        values.setdefault("register", self.register)
        return Sale(basket=Basket(self.store, lines, **basket_values), payments=payments or (Tender("cash"),), **values)

    def sell(self, *lines: SaleLine, at: datetime = NOON, **values: Any) -> PostedBill:
        with transaction.atomic():
            return checkout(self.sale(*lines, **values), actor=self.actor, at=at)

    def member(self, role: Role, email: str = "") -> User:
        """Another person of the shop."""
        email = email or f"{role.value}{next(_numbers)}@{self.org.slug}.example"
        user = User.objects.create_user(email, "secret-password", name=role.value.title())
        Membership.objects.create(org=self.org, user=user, role=role)
        return user

    def actor_as(self, role: Role) -> Actor:
        return Membership.objects.select_related("user").get(user=self.member(role), org=self.org).actor()


def line(product: Product, quantity: str = "1", **values: Any) -> SaleLine:
    return SaleLine(quantity=Decimal(quantity), product=product.pk, **values)


def make_shop(slug: str, *, shard: str = "shard_0001", **values: Any) -> Shop:
    with org_scope(None):
        owner = User.objects.create_user(f"owner@{slug}.example", "secret-password", name=f"{slug.title()} Owner")
        values = {"state_code": "29", "legal_name": f"{slug.title()} Retail Pvt Ltd"} | values
        org = sign_up(
            name=slug.title(),
            slug=slug,
            owner=owner,
            at=NOON,
            shard=Shard.objects.get(schema_name=shard),
            plan=Plan.objects.get(code="premium"),
            **values,
        )
        actor = Membership.objects.select_related("user").get(user=owner, org=org).actor()
    with org_scope(org.pk), transaction.atomic():
        for rate in GST_RATES:
            tax_class = TaxClass.objects.create(code=f"gst{rate}", name=f"GST {rate} %")
            TaxRate.objects.create(tax_class=tax_class, valid_from=date(2017, 7, 1), rate=Decimal(rate))
        store = create_store(actor=actor, at=NOON, code="B1", name="Koramangala", rounding_step=ZERO)
        register = create_register(store=store, code="A", name="Counter A", actor=actor, at=NOON)
        shift = open_shift(register=register, store=store, opening_float=Decimal("500.00"), actor=actor, at=NOON)
    return Shop(org, owner, actor, store, register, shift)


@contextmanager
def inside(shop: Shop) -> Iterator[Shop]:
    with org_scope(shop.org.pk):
        yield shop
