"""What holds for every sale that a register makes while it is off line: taxes, numbers, words on the paper."""

from __future__ import annotations

import base64
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from billing.escpos.sample import pulse_bytes
from billing.models import Register, RegisterDevice
from billing.operations.registers import OFFLINE, bill_prefix
from billing.pdf.printing import state
from billing.posting.sellers import seller
from billing.queries import offline_next
from billing.tax import Supply, components
from catalog.models import TaxRate
from catalog.queries import price_facts, scale_layouts
from pantrypal.core.models import Store


@dataclass(frozen=True, slots=True)
class OfflineTerms:
    """`rules` is another text whenever prices are made by other rules, so that all products must be read again."""

    rules: str
    values: dict[str, Any]


def offline_terms(register: Register, store: Store, device: RegisterDevice, *, at: datetime) -> OfflineTerms:
    """`device` is the register's own."""
    org = store.org
    values = {
        "device": str(device.pk),
        "store": store.name,
        "register": register.name,
        "till": f"{store.code} · {register.code}",
        "prefix": OFFLINE + bill_prefix(store, register),
        "next": {str(year): number for year, number in offline_next([register]).get(register.pk, {}).items()},
        "fiscal_year_start": org.fiscal_year_start,
        "time_zone": store.time_zone,
        "currency": org.currency,
        "places": org.places,
        "prices_include_tax": org.prices_include_tax,
        "rounding_step": format(store.rounding_step, "f"),
        "seller": seller(store),
        "place_of_supply": state(store.state_code),
        "drawer": base64.b64encode(pulse_bytes()).decode() if register.opens_drawer else "",
        "taxes": _taxes(store),
        "labels": [_label(layout) for layout in scale_layouts().values()],
    }
    return OfflineTerms(_rules(store, at), values)


def _taxes(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Of each tax class its rates, the newest first, each with the components within the store's own state."""
    supply = Supply(store.org.tax_regime, store.state_code, store.state_code)
    taxes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = TaxRate.objects.order_by("-valid_from").values_list("tax_class_id", "valid_from", "rate", "cess")
    for tax_class, since, rate, cess in rows:
        parts = [[part.name, _plain(part.rate)] for part in components(rate, cess, supply)]
        taxes[str(tax_class)].append(_rate(since, rate, cess) | {"parts": parts})
    return dict(taxes)


def _rate(since: date, rate: Any, cess: Any) -> dict[str, str]:
    return {"since": since.isoformat(), "rate": _plain(rate), "cess": _plain(cess)}


def _label(layout: Any) -> dict[str, Any]:
    return {
        "prefix": layout.prefix,
        "carries": str(layout.carries),
        "item_digits": layout.item_digits,
        "value_digits": layout.value_digits,
        "decimals": layout.decimals,
        "inner_check": layout.inner_check,
    }


def _rules(store: Store, at: datetime) -> str:
    """Which price lists hold here and now, and whether the country knows an MRP."""
    lists = price_facts((), store=store.pk, at=at).rules.price_lists
    holding = sorted(str(each.id) for each in lists if each.holds(store.pk, at))
    return sha256(repr((holding, store.org.has_mrp_ceiling)).encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    return format(value.normalize(), "f")
