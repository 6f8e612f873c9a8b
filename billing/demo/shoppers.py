"""Who comes into a demo shop, and what is in their basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from billing.demo.goods import Good
from billing.models import Register
from billing.pricing import Discount
from billing.sale import Basket, Buyer, Sale, SaleLine, Tender
from customers.models import Customer
from customers.operations.customers import save_customer
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization, Store
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7

REGULARS = (
    "Lakshmi Rao", "Deepa Shetty", "Rahul Menon", "Fatima Begum", "Joseph D'Souza", "Kavitha Reddy", "Anil Kumar",
    "Sneha Kulkarni", "Harpreet Singh", "Nandini Gowda", "Vikram Joshi", "Ayesha Siddiqui", "Suresh Babu",
    "Priya Pillai", "Ganesh Bhat", "Ritu Sharma", "Mohan Das", "Shalini Verma", "Thomas Mathew", "Geetha Krishnan",
    "Abdul Rahman", "Pooja Jain", "Karthik Subramaniam", "Rekha Naik", "Manoj Tiwari", "Divya Prakash", "Irfan Ali",
    "Usha Devi", "Naveen Chandra", "Bhavana Murthy", "Sanjay Gupta", "Leela Thomas", "Ramesh Acharya", "Zoya Mirza",
)  # fmt: skip
FIRMS = (
    ("Hotel Udupi Bhavan", "29AAHCS4812M1ZW"),
    ("Malnad Caterers", "29ABDFM7720P1ZN"),
    ("Kaveri Foods, Hosur", "33AAKFS5561Q1ZI"),
    ("Nisarga Paying Guests", "29AAPFN1934R1ZC"),
)
WEIGHTS = {"Fresh": 5, "Staples": 3, "Packaged food": 3, "Personal care": 1, "Home": 1}
NOTES = (Decimal(50), Decimal(100), Decimal(500))


def make_customers(count: int, *, org: Organization, actor: Actor, at: datetime) -> list[Customer]:
    """Some firms, and regulars for the rest."""
    people = [("", name) for name in REGULARS] + [(gstin, name) for name, gstin in FIRMS]
    chosen = people[-count:] if count < len(people) else people
    return [
        save_customer(Customer(name=name, phone=f"90000{10000 + place}", gstin=gstin), org=org, actor=actor, at=at)
        for place, (gstin, name) in enumerate(chosen)
    ]


@dataclass(slots=True)
class Shoppers:
    """Makes up sales of a store. The same chance gives the same ones."""

    store: Store
    goods: Sequence[Good]
    customers: Sequence[Customer]
    chance: Random

    def sale(self, register: Register) -> Sale:
        lines = self._lines()
        about = self._about(lines)
        buyer = None
        if self.customers and self.chance.random() < 0.3:
            buyer = Buyer(customer=self.chance.choice(self.customers).pk)
        discount = None
        if self.chance.random() < 0.04:
            discount = Discount(percent=Decimal(5), reason="Regular customer")
        basket = Basket(self.store, lines, discount=discount, buyer=buyer)
        return Sale(id=uuid7(), register=register, basket=basket, payments=self._payments(about))

    def _lines(self) -> tuple[SaleLine, ...]:
        size = min(1 + int(self.chance.expovariate(0.22)), 14)
        weights = [WEIGHTS[good.department] for good in self.goods]
        chosen = {good.code: good for good in self.chance.choices(self.goods, weights, k=size)}
        return tuple(self._line(good) for good in chosen.values())

    def _line(self, good: Good) -> SaleLine:
        if good.product.unit == "kg":
            return SaleLine(quantity=Decimal(self.chance.randrange(250, 2001, 50)) / 1000, code=good.code)
        discount = None
        if self.chance.random() < 0.02:
            discount = Discount(percent=Decimal(10), reason="Damaged pack")
        return SaleLine(quantity=Decimal(self.chance.choice((1, 1, 1, 1, 2, 2, 3))), code=good.code, discount=discount)

    def _about(self, lines: Sequence[SaleLine]) -> Decimal:
        """At least what will be asked for: without discounts, and rounded up."""
        prices = {good.code: good.product.price for good in self.goods}
        whole = sum((prices[line.code] * line.quantity for line in lines), ZERO)
        return whole.quantize(Decimal(1), ROUND_CEILING)

    def _payments(self, about: Decimal) -> tuple[Tender, ...]:
        kind = self.chance.choices(("cash", "exact", "upi", "card", "split"), (35, 10, 40, 10, 5))[0]
        if kind == "split" and about > 100:
            half = (about / 2).quantize(Decimal(10), ROUND_FLOOR)
            return (Tender("upi", amount=half, reference=self._reference("T")), Tender("cash"))
        if kind == "upi":
            return (Tender("upi", reference=self._reference("T")),)
        if kind == "card":
            return (Tender("card", reference=self._reference("")),)
        if kind == "cash":
            note = self.chance.choice(NOTES)
            return (Tender("cash", tendered=(about / note).quantize(Decimal(1), ROUND_CEILING) * note),)
        return (Tender("cash"),)

    def _reference(self, prefix: str) -> str:
        return f"{prefix}{self.chance.randrange(10**11, 10**12)}"
