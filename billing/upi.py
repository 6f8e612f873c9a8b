"""Links that a UPI app opens with payee and amount filled in (NPCI, UPI Linking Specification 1.6). Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import quote

from django.utils.translation import gettext as _

from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO

CURRENCY = "INR"  # the specification knows no other
PAISA = Decimal("0.01")
LONGEST_REFERENCE = 35
LONGEST_NOTE = 50
LONGEST_NAME = 99

_ADDRESS = re.compile(r"[A-Za-z0-9._-]{2,255}@[A-Za-z][A-Za-z0-9]{1,63}")
_REFERENCE = re.compile(r"[A-Za-z0-9]*")


def upi_link(
    *,
    payee: str,
    name: str,
    amount: Decimal | None = None,
    reference: str = "",
    note: str = "",
    currency: str = CURRENCY,
) -> str:
    """`upi://pay?...` for this payment; without an amount the payer types it in.

    `payee` is a UPI id such as shop@bank, `reference` (letters and figures, 35 at most) comes back with the bank's
    confirmation. Raises Invalid.
    """
    if not is_upi_id(payee):
        raise _wrong("payee", _("“%s” is not a UPI id such as shop@bank.") % payee)
    if currency != CURRENCY:
        raise _wrong("currency", _("UPI pays in rupees only."))
    if amount is not None and not (amount.is_finite() and amount > ZERO and amount == amount.quantize(PAISA)):
        raise _wrong("amount", _("UPI pays an amount above zero, to the paisa."))
    if len(reference) > LONGEST_REFERENCE or not _REFERENCE.fullmatch(reference):
        raise _wrong("reference", _("A UPI reference has at most %s letters and figures.") % LONGEST_REFERENCE)
    parts = {
        "pa": payee,
        "pn": name[:LONGEST_NAME],
        "tr": reference,
        "am": "" if amount is None else format(amount.quantize(PAISA), "f"),
        "cu": currency,
        "tn": note[:LONGEST_NOTE],
    }
    # Percent-encoded, a space as %20: apps read a + as a plus.
    return "upi://pay?" + "&".join(f"{key}={quote(value, safe='@')}" for key, value in parts.items() if value)


def is_upi_id(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text))


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(f"{field}: {sentence}", {field: [sentence]})
