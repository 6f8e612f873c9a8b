"""Purchase invoices as the API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Code

InvoiceNumber = Annotated[str, Meta(min_length=1, max_length=16)]


class InvoiceBody(Body):
    """Figures as printed on the supplier's invoice; they add up to its total. `due_on` comes from the supplier's
    terms unless given. `creditable` false: its input tax is blocked, as for own use.
    """

    store: Code
    supplier: UUID
    number: InvoiceNumber
    invoice_date: date
    taxable: Decimal
    total: Decimal
    cgst: Decimal = Decimal(0)
    sgst: Decimal = Decimal(0)
    igst: Decimal = Decimal(0)
    cess: Decimal = Decimal(0)
    round_off: Decimal = Decimal(0)
    receipt: UUID | None = None
    due_on: date | None = None
    creditable: bool = True


class InvoiceChanges(Body):
    """Only what is named is changed; the amounts add up afterwards too."""

    number: InvoiceNumber | UnsetType = UNSET
    invoice_date: date | UnsetType = UNSET
    taxable: Decimal | UnsetType = UNSET
    total: Decimal | UnsetType = UNSET
    cgst: Decimal | UnsetType = UNSET
    sgst: Decimal | UnsetType = UNSET
    igst: Decimal | UnsetType = UNSET
    cess: Decimal | UnsetType = UNSET
    round_off: Decimal | UnsetType = UNSET
    receipt: UUID | UnsetType | None = UNSET
    due_on: date | UnsetType | None = UNSET
    creditable: bool | UnsetType = UNSET


class InvoiceAnswer(Answer):
    id: UUID
    store: str
    supplier: UUID
    receipt: UUID | None
    number: str
    invoice_date: date
    fiscal_year: int
    due_on: date | None
    taxable: Decimal
    cgst: Decimal
    sgst: Decimal
    igst: Decimal
    cess: Decimal
    round_off: Decimal
    total: Decimal
    creditable: bool
    noted_by: str
    noted_at: datetime
