"""Pieces that several pages of posted documents share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from billing.models import Bill, CashMovement, CreditNote, Register
from billing.models.payment import Method
from billing.reports.shifts import Counted, ShiftFigures
from pantrypal.core.admin.filters import ChoiceFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.models import Store
from pantrypal.core.templatetags.pantrypal import org_url


def link(path: str, text: Any) -> SafeString:
    """A link to a page of the organization, by its path below /<org>/."""
    return format_html('<a class="pp-link" href="{}">{}</a>', org_url(path), text)


def taxes_table(document: Bill | CreditNote) -> SafeString:
    """The tax of each rate, as it was posted."""
    return render_to_string(
        "billing/admin/_taxes.html", {"taxes": document.taxes, "currency": document.currency, "tax": document.tax}
    )


def figures_table(figures: ShiftFigures, currency: str) -> SafeString:
    """What a shift has taken and given back, by kind."""
    groups: list[tuple[Any, dict[Any, Counted]]] = [
        (_("Sales"), {_("Sales"): figures.sales, _("Returns"): figures.returns, _("Discount"): figures.discount}),
        (_("Paid by"), _by_method(figures.payments)),
        (_("Given back by"), _by_method(figures.refunds)),
        (_("Tax"), figures.taxes),
        (_("Drawer"), {_word(CashMovement.Kind, kind): counted for kind, counted in figures.cash.items()}),
    ]
    rows = [(title, [(name, some) for name, some in of_kind.items() if some.count]) for title, of_kind in groups]
    context = {"groups": [row for row in rows if row[1]], "net": figures.net, "currency": currency}
    return render_to_string("billing/admin/_figures.html", context)


def denominations_table(counted: Mapping[str, int]) -> SafeString:
    """How many of each note and coin, the largest first."""
    rows = sorted(((Decimal(value), count) for value, count in counted.items()), reverse=True)
    return format_html_join("", "<div>{} × {}</div>", rows)


def _by_method(figures: Mapping[str, Counted]) -> dict[str, Counted]:
    return {_word(Method, method): counted for method, counted in figures.items()}


def _word(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def currency_of(store_id: UUID) -> str:
    return Store.objects.select_related("org").get(pk=store_id).org.currency


class RegisterFilter(ChoiceFilter):
    """Registers of the stores one works in, each with its store's code."""

    title = Register._meta.verbose_name
    parameter_name = "register"

    def options(self, request: Any) -> Sequence[tuple[str, str]]:  # type: ignore[override]
        stores = stores_of(request)
        registers = Register.objects.filter(store_id__in=stores).order_by("store_id", "code")
        return [(str(register.pk), f"{stores[register.store_id].code} · {register.name}") for register in registers]

    def narrow(self, request: Any, rows: Any, value: str) -> Any:
        return rows.filter(register=value)
