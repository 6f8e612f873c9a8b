"""Who writes and who gets a paper to a supplier."""

from __future__ import annotations

from catalog.models import Product
from catalog.models.product import Unit
from inventory.models import Supplier
from pantrypal.core.india import STATES
from pantrypal.core.models import Store


def buyer_of(store: Store) -> dict[str, str]:
    org = store.org
    return {
        "name": org.legal_name or org.name,
        "store": f"{org.name} · {store.name}",
        "address": store.address or org.address,
        "phone": store.phone,
        "gstin": store.own_gstin,
        "state": _state(store.state_code or org.state_code),
    }


def seller_of(supplier: Supplier) -> dict[str, str]:
    return {
        "name": supplier.name,
        "contact": supplier.contact,
        "address": supplier.address,
        "phone": supplier.phone,
        "gstin": supplier.gstin,
        "state": _state(supplier.state_code),
    }


def unit_after(product: Product) -> str:
    """What stands after a quantity: nothing for pieces."""
    return "" if product.unit == Unit.PIECE else f" {Unit(product.unit).label}"


def _state(code: str) -> str:
    return f"{code} {STATES[code]}" if code in STATES else code
