"""Bills, registers and shifts as pages and API read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from psycopg import sql

from billing import links
from billing.models import (
    Bill,
    BillBuyer,
    BillLine,
    BillPdf,
    Cart,
    CreditNote,
    CreditNoteLine,
    DocumentSeries,
    Payment,
    Reason,
    ReasonUse,
    Refund,
    Register,
    RegisterDevice,
    Shift,
    TillRules,
)
from billing.models.device import hash_of
from customers.models import Customer
from pantrypal.core import caching
from pantrypal.core.actor import Actor
from pantrypal.core.caching import Remembered
from pantrypal.core.errors import NotFound
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid
from pantrypal.tenancy.context import require_org_id

_registers: Remembered[tuple[Register, ...]] = Remembered("registers", "the registers of a store, for reading")

OF_A_RECEIPT = "/b/"  # in the address that a receipt's code holds


@dataclass(frozen=True, slots=True)
class PostedBill:
    """A bill with everything on it. `is_repeat`: it was posted by an earlier request."""

    bill: Bill
    lines: list[BillLine]
    payments: list[Payment]
    buyer: BillBuyer | None
    is_repeat: bool = False


def find_register(ref: str, store: Store) -> Register:
    """By code or id, in this store, for reading. Raises NotFound."""
    org_id, pk = require_org_id(), as_uuid(ref)

    def load() -> tuple[str, tuple[Register, ...]]:
        return caching.org(org_id), tuple(Register.objects.filter(store_id=store.pk, archived_at=None))

    for register in _registers.get((org_id, store.pk), load) or ():
        if register.pk == pk or register.code == ref:
            return register
    raise NotFound(_("There is no register “%s” in this store.") % ref, field="register")


def open_shift_of(register: Register) -> Shift | None:
    return Shift.objects.filter(register=register, closed_at=None).first()


SHIFT_COLUMNS = [str(field.column) for field in Shift._meta.concrete_fields]
SHIFT_FIELDS = [field.attname for field in Shift._meta.concrete_fields]
STANDING = (
    sql.SQL(
        "SELECT EXISTS (SELECT FROM billing_bill WHERE org_id = %(org)s AND id = %(bill)s), {columns}"
        " FROM (VALUES (1)) one LEFT JOIN billing_shift s"
        " ON s.org_id = %(org)s AND s.register_id = %(register)s AND s.closed_at IS NULL"
    )
    .format(columns=sql.SQL(", ").join(sql.Identifier("s", column) for column in SHIFT_COLUMNS))
    .as_string(None)
)


def standing(register: Register, bill_id: UUID) -> tuple[bool, Shift | None]:
    """What a sale asks first, at once: is the bill posted already, and which shift of the register is open?"""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"org": require_org_id(), "bill": bill_id, "register": register.pk})
        is_posted, *values = cursor.fetchone()
    shift = Shift.from_db(None, SHIFT_FIELDS, values) if values[0] else None
    return is_posted, shift


def find_device(token: str, *, once: bool = False) -> RegisterDevice | None:
    """The device that holds this token, with its register; `once`: also where it has been unpaired since."""
    devices = RegisterDevice.objects.select_related("register").filter(token_hash=hash_of(token))
    return (devices if once else devices.filter(revoked_at=None)).first()


def offline_next(registers: Iterable[Register]) -> dict[UUID, dict[int, int]]:
    """Of each register, by fiscal year: the next number of a sale that its device makes off line."""
    series = DocumentSeries.objects.filter(register__in=list(registers), kind=DocumentSeries.Kind.OFFLINE_BILL)
    numbers: dict[UUID, dict[int, int]] = {}
    for register, year, last in series.values_list("register", "fiscal_year", "last_number"):
        numbers.setdefault(register, {})[year] = last + 1
    return numbers


def device_at(register: Register) -> RegisterDevice | None:
    """The device paired with a register."""
    return RegisterDevice.objects.select_related("register").filter(register=register, revoked_at=None).first()


def device_once_at(register: Register, device_id: UUID) -> RegisterDevice | None:
    """The device that is paired with a register or was once, by its id."""
    return RegisterDevice.objects.select_related("register").filter(pk=device_id, register=register).first()


def till_rules() -> TillRules:
    """What the organization has decided, or the defaults."""
    return TillRules.objects.first() or TillRules()


def reasons_for(use: ReasonUse) -> list[Reason]:
    """What a till offers, in its order."""
    return list(Reason.objects.filter(use=use, archived_at=None).order_by("position", "text"))


def posted_bill(bill_id: UUID, *, is_repeat: bool = False) -> PostedBill | None:
    bill = Bill.objects.select_related("register", "seller", "customer").filter(pk=bill_id).first()
    if bill is None:
        return None
    return PostedBill(
        bill=bill,
        lines=list(BillLine.objects.filter(bill=bill).order_by("position")),
        payments=list(Payment.objects.filter(bill=bill).order_by("position")),
        buyer=BillBuyer.objects.filter(bill=bill).first(),
        is_repeat=is_repeat,
    )


def bill_pdf(bill_id: UUID) -> FieldFile | None:
    """The bill's PDF, or None while the worker has not made it yet. Asks nothing about permissions."""
    row = BillPdf.objects.filter(bill=bill_id).first()
    return None if row is None else row.file


@dataclass(frozen=True, slots=True)
class PostedCreditNote:
    """A credit note with everything on it. `is_repeat`: it was posted by an earlier request."""

    note: CreditNote
    lines: list[CreditNoteLine]
    refunds: list[Refund]
    is_repeat: bool = False


def posted_credit_note(note_id: UUID, *, is_repeat: bool = False) -> PostedCreditNote | None:
    note = CreditNote.objects.select_related("register", "seller", "bill", "customer").filter(pk=note_id).first()
    if note is None:
        return None
    return PostedCreditNote(
        note=note,
        lines=list(CreditNoteLine.objects.filter(credit_note=note).order_by("position")),
        refunds=list(
            Refund.objects.select_related("stored_value")
            .prefetch_related("by_provider")
            .filter(credit_note=note)
            .order_by("position")
        ),
        is_repeat=is_repeat,
    )


@dataclass(frozen=True, slots=True)
class TillAtStore:
    register: Register
    store: Store
    shift: Shift | None


def tills_of(actor: Actor) -> list[TillAtStore]:
    """The registers of the stores in which the actor works, with their open shifts, by store and code."""
    stores = {store.pk: store for store in Store.objects.select_related("org").order_by("code")}
    if actor.stores is not None:
        stores = {pk: store for pk, store in stores.items() if pk in actor.stores}
    shifts = {shift.register_id: shift for shift in Shift.objects.filter(closed_at=None)}
    registers = Register.objects.filter(archived_at=None, kind=Register.Kind.TILL, store_id__in=stores)
    tills = [TillAtStore(register, stores[register.store_id], shifts.get(register.pk)) for register in registers]
    return sorted(tills, key=lambda till: (till.store.code, till.register.code))


def held_carts(store: Store) -> QuerySet[Cart]:
    """Carts put aside in this store, the longest held first."""
    return (
        Cart.objects.filter(store_id=store.pk, state=Cart.State.HELD)
        .select_related("customer", "register")
        .order_by("held_at")
    )


def customers_like(text: str) -> QuerySet[Customer]:
    """Customers whose phone or name has this in it, by name."""
    digits = "".join(letter for letter in text if letter.isdigit())
    wanted = Q(name__icontains=text)
    if digits:
        wanted |= Q(phone__contains=digits)
    return Customer.objects.filter(wanted).order_by("name", "phone")


def last_bill_of(customer: UUID) -> Bill | None:
    """When this customer was here before, and for how much."""
    return Bill.objects.filter(customer=customer).order_by("-finalized_at").first()


def bills_at_till(store: Store, wanted: str, at: datetime) -> QuerySet[Bill]:
    """The newest bills of the store; or the one with this number, the end of it, or the code on its receipt."""
    bills = Bill.objects.select_related("customer", "register").filter(store_id=store.pk).order_by("-finalized_at")
    if not wanted:
        return bills
    if OF_A_RECEIPT in wanted:
        link = links.read(wanted.rstrip("/").rpartition("/")[2])
        return bills.filter(pk=link.bill_id) if link else bills.none()
    if not wanted.isdigit():
        return bills.filter(number=wanted.upper())
    year = store.fiscal_year(at)
    codes = Register.objects.filter(store_id=store.pk).values_list("code", flat=True)
    endings = [f"-{of_year % 100:02}-{int(wanted):07}" for of_year in (year, year - 1)]
    return bills.filter(number__in=[f"{store.code}{code}{ending}" for code in codes for ending in endings])


def left_to_return(bill: Bill) -> dict[UUID, Decimal]:
    """Of each line how much is still with the customer."""
    sold: dict[UUID, Decimal] = dict(BillLine.objects.filter(bill=bill).values_list("pk", "quantity"))
    for line, quantity in CreditNoteLine.objects.filter(bill_line__bill=bill).values_list("bill_line", "quantity"):
        sold[line] -= quantity
    return sold
