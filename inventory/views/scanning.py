"""What a phone has scanned, or what somebody has typed into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.queries import Sellable, find_scanned, search
from inventory.models import Lot
from pantrypal.core.errors import DomainError, Invalid, NotFound
from pantrypal.core.models import Store

MOST_FOUND = 6


class SeveralFound(DomainError):
    """`found` are the products that go by what was typed; one of them is to be chosen."""

    code = "several_found"

    def __init__(self, found: list[Sellable]) -> None:
        super().__init__(_("Which one is it?"))
        self.found = found


@dataclass(frozen=True, slots=True)
class ScannedGoods:
    """`quantity` is in units of stock: twelve for the barcode of a case. `lot` where the code names one we know."""

    item: Sellable
    quantity: Decimal
    lot: UUID | None = None
    lot_code: str = ""
    expires_on: date | None = None


def read_code(text: str, store: Store) -> ScannedGoods:
    """Raises NotFound, SeveralFound, UnreadableCode."""
    text = text.strip()
    scanned = find_scanned([text], on=store.document_date(timezone.now()), currency=store.org.currency).get(text)
    if scanned is None:
        return ScannedGoods(_typed(text), Decimal(1))
    lot = Lot.objects.filter(product=scanned.item.id, code=scanned.lot).first() if scanned.lot else None
    quantity = scanned.quantity * scanned.item.pack
    if lot is None:
        return ScannedGoods(scanned.item, quantity, expires_on=scanned.expires_on)
    return ScannedGoods(scanned.item, quantity, lot.pk, lot.code, lot.expires_on)


def _typed(text: str) -> Sellable:
    found = search(text, MOST_FOUND) if len(text) > 1 else []
    if not found:
        raise NotFound(_("There is no product “%s”.") % text, field="code")
    if len(found) > 1:
        raise SeveralFound(found)
    return found[0]


def read_number(text: str) -> Decimal:
    """A quantity as keyed in; comma or point. Raises Invalid."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        sentence = _("“%s” is not a quantity.") % text
        raise Invalid(sentence, {"number": [sentence]})
    return number
