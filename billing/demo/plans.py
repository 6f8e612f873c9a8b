"""The three retailers of the demo: who they are, where they sell and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import Register
from catalog.operations.tax_classes import RateInput
from pantrypal.core.access import Role
from pantrypal.core.models import Organization

API = Register.Kind.API


@dataclass(frozen=True, slots=True)
class Person:
    """`pin` is for the till; who sells nothing has none."""

    email: str
    name: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A person's place in the organization; no stores means all of them."""

    person: Person
    role: Role
    stores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """A register, who stands at it, and how many bills it makes on an ordinary day."""

    code: str
    name: str
    cashier: Person
    bills_a_day: int
    kind: str = Register.Kind.TILL


@dataclass(frozen=True, slots=True)
class StorePlan:
    values: dict[str, Any]
    registers: tuple[RegisterPlan, ...]

    @property
    def code(self) -> str:
        return str(self.values["code"])


@dataclass(frozen=True, slots=True)
class OrgPlan:
    """`catalog` names a file in data/, of which every `nth` product is sold here."""

    slug: str
    name: str
    shard: str
    values: dict[str, Any]
    owner: Person
    posts: tuple[Post, ...]
    stores: tuple[StorePlan, ...]
    catalog: str = "products.csv"
    nth: int = 1
    tax_classes: tuple[tuple[str, str, tuple[RateInput, ...]], ...] = ()
    customers: int = 0
    days: int = 14


LAXMI = Person("owner@annapurna.example", "Laxmi Hegde", "4719")
ARJUN = Person("manager@annapurna.example", "Arjun Nair", "2580")
SALMA = Person("stock@annapurna.example", "Salma Khan")
MEENA = Person("meena@annapurna.example", "Meena Kumari", "1357")
IMRAN = Person("imran@annapurna.example", "Imran Sheikh", "8642")
RAVI = Person("ravi@auditors.example", "Ravi Iyer")
SUNIL = Person("owner@bharat.example", "Sunil Patil", "3691")
EMMA = Person("owner@greenfield.example", "Emma Clarke", "7531")
OPERATOR = Person("operator@pantrypal.example", "Platform operator")


VAT = (
    ("standard", "VAT 20 %", (RateInput(date(2011, 1, 4), Decimal(20)),)),
    ("reduced", "VAT 5 %", (RateInput(date(2000, 1, 1), Decimal(5)),)),
    ("zero", "VAT 0 %", (RateInput(date(2000, 1, 1), Decimal(0)),)),
)

ANNAPURNA = OrgPlan(
    slug="annapurna",
    name="Annapurna Stores",
    shard="shard_0001",
    values={
        "legal_name": "Annapurna Stores Retail Private Limited",
        "state_code": "29",
        "gstin": "29AAGCA7314F1ZR",
        "address": "12, 80 Feet Road, Koramangala\nBengaluru 560034",
    },
    owner=LAXMI,
    posts=(
        Post(ARJUN, Role.STORE_MANAGER),
        Post(SALMA, Role.INVENTORY_MANAGER),
        Post(MEENA, Role.CASHIER, ("B1",)),
        Post(IMRAN, Role.CASHIER),
        Post(RAVI, Role.AUDITOR),
    ),
    stores=(
        StorePlan(
            {
                "code": "B1",
                "name": "Koramangala",
                "address": "12, 80 Feet Road, Koramangala\nBengaluru 560034",
                "phone": "080 4123 0012",
                "receipt_header": "नमस्ते · ನಮಸ್ಕಾರ · Welcome",
                "receipt_footer": "Goods are exchanged within 7 days with this bill. Please come again.",
                "upi_id": "annapurna.b1@demobank",
            },
            (
                RegisterPlan("A", "Counter A", MEENA, 6),
                RegisterPlan("B", "Counter B", IMRAN, 5),
                RegisterPlan("W", "Web shop", LAXMI, 1, API),
            ),
        ),
        StorePlan(
            {
                "code": "B2",
                "name": "Indiranagar",
                "address": "7, 100 Feet Road, Indiranagar\nBengaluru 560038",
                "phone": "080 4123 0027",
                "receipt_language": "kn",
                "receipt_header": "ನಮಸ್ಕಾರ",
                "receipt_footer": "ಈ ಬಿಲ್‌ನೊಂದಿಗೆ 7 ದಿನಗಳೊಳಗೆ ಸರಕು ಬದಲಾಯಿಸಿಕೊಡಲಾಗುತ್ತದೆ. ಮತ್ತೆ ಬನ್ನಿ.",
                "upi_id": "annapurna.b2@demobank",
            },
            (RegisterPlan("A", "Counter A", IMRAN, 4),),
        ),
    ),
    customers=40,
)

BHARAT = OrgPlan(
    slug="bharat",
    name="Bharat Kirana",
    shard="shard_0001",
    values={
        "legal_name": "Bharat Kirana Stores",
        "state_code": "27",
        "gstin": "27AAFCB2291K1ZI",
        "address": "45, Laxmi Road\nPune 411030",
    },
    owner=SUNIL,
    posts=(Post(RAVI, Role.AUDITOR),),
    stores=(
        StorePlan(
            {"code": "P1", "name": "Laxmi Road", "address": "45, Laxmi Road\nPune 411030"},
            (RegisterPlan("A", "Counter", SUNIL, 4),),
        ),
    ),
    nth=5,
    customers=6,
    days=5,
)

GREENFIELD = OrgPlan(
    slug="greenfield",
    name="Greenfield Foods",
    shard="shard_0002",
    values={
        "legal_name": "Greenfield Foods Ltd",
        "country": "GB",
        "currency": "GBP",
        "tax_regime": Organization.TaxRegime.VAT,
        "address": "3 Mill Lane\nLeeds LS1 4AB",
    },
    owner=EMMA,
    posts=(Post(LAXMI, Role.STORE_MANAGER), Post(RAVI, Role.AUDITOR)),
    stores=(
        StorePlan(
            {
                "code": "L1",
                "name": "Mill Lane",
                "address": "3 Mill Lane\nLeeds LS1 4AB",
                "time_zone": "Europe/London",
                "rounding_step": Decimal(0),
            },
            (RegisterPlan("A", "Till 1", EMMA, 4),),
        ),
    ),
    catalog="products_gb.csv",
    tax_classes=VAT,
    days=5,
)

ALL = (ANNAPURNA, BHARAT, GREENFIELD)
