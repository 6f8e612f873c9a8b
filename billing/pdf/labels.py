"""The words printed on a bill, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def labels() -> dict[str, str]:
    return {
        "number": _("Number"),
        "date": _("Date"),
        "place_of_supply": _("Place of supply"),
        "till": _("Till"),
        "cashier": _("Cashier"),
        "billed_to": _("Billed to"),
        "phone": _("Phone"),
        "state": _("State"),
        "item": _("Item"),
        "quantity": _("Quantity"),
        "price": _("Price"),
        "discount": _("Discount"),
        "taxable": _("Taxable value"),
        "rate": _("Rate"),
        "tax": _("Tax"),
        "amount": _("Amount"),
        "subtotal": _("Subtotal"),
        "round_off": _("Round off"),
        "total": _("Total"),
        "you_saved": _("You saved"),
        "paid": _("Paid"),
        "handed_over": _("Handed over"),
        "change": pgettext("money given back", "Change"),
        "taxes": _("Taxes"),
        "by_hsn": _("By HSN"),
        "prices_include_tax": _("Prices include tax."),
        "page": _("Page"),
        "check": _("The code leads to a page that says whether this bill is genuine."),
    }
