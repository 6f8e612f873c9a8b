"""Before GSTR-1 is filed: does every figure tie to the ledger, and what would the portal refuse?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.models import Bill, CreditNote
from billing.reports.gst.gstr1 import Gstr1
from billing.reports.gst.supplies import Amounts, Document, Supply, supplies
from billing.reports.period import Period
from pantrypal.core.gstin import is_gstin
from pantrypal.core.india import STATES
from pantrypal.core.money import ZERO

# CGST Rule 46(b), as the portal checks it.
NUMBER = re.compile(r"[A-Za-z1-9][A-Za-z0-9/-]{0,15}")
HSN = re.compile(r"\d{4}|\d{6}|\d{8}")


class FilingProblem(msgspec.Struct):
    """`where` is a document's number, or the section that does not tie."""

    where: str
    problem: str


def problems(period: Period, result: Gstr1, *, gstin: str) -> list[FilingProblem]:
    """Nothing: it can be filed."""
    return [
        *_seller(gstin),
        *_ties(period, result),
        *_gaps(result),
        *_documents(period),
    ]


def _seller(gstin: str) -> Iterator[FilingProblem]:
    if not is_gstin(gstin):
        yield FilingProblem(_("Seller"), _("The stores have no valid GSTIN. Please add it to the organization."))


def _ties(period: Period, result: Gstr1) -> Iterator[FilingProblem]:
    """What the sections state is what the documents of the ledger say of themselves, to the paisa."""
    ledger = _of(period, Bill)
    back = _of(period, CreditNote)
    taxable, tax = ledger[0] - back[0], ledger[1] - back[1]
    for name, stated in ((_("All sections"), result.totals()), (_("HSN"), result.hsn_totals())):
        yield from _tie(name, _("taxable value"), stated.taxable, taxable)
        yield from _tie(name, _("tax"), stated.tax, tax)
    if result.totals().cgst != result.totals().sgst:
        yield FilingProblem(_("All sections"), _("CGST and SGST are not the same."))


def _tie(name: str, what: str, stated: Decimal, ledger: Decimal) -> Iterator[FilingProblem]:
    if stated != ledger:
        said = {"what": what, "stated": stated, "ledger": ledger}
        yield FilingProblem(name, _("The %(what)s is %(stated)s, but the ledger says %(ledger)s.") % said)


def _of(period: Period, model: type[Bill] | type[CreditNote]) -> tuple[Decimal, Decimal]:
    sums = model.objects.filter(**period.documents()).aggregate(taxable=Sum("taxable"), tax=Sum("tax"))
    return sums["taxable"] or ZERO, sums["tax"] or ZERO


def _gaps(result: Gstr1) -> Iterator[FilingProblem]:
    for run in result.issued:
        if run.cancelled:
            said = {"first": run.first, "last": run.last, "count": run.cancelled}
            yield FilingProblem(run.first, _("Between %(first)s and %(last)s, %(count)s number(s) are missing.") % said)


def _documents(period: Period) -> Iterator[FilingProblem]:
    """Each document's own faults, and lines that do not add up to it, which says where a section is off."""
    seen: dict[Document, Amounts] = {}
    for supply in supplies(period):
        if supply.document not in seen:
            yield from _head(supply.document)
        seen.setdefault(supply.document, Amounts()).add(supply.amounts)
        yield from _line(supply)
    for model in (Bill, CreditNote):
        stored = model.objects.filter(**period.documents()).values_list("pk", "number", "taxable", "tax")
        lines: dict[Any, Amounts] = {document.pk: amounts for document, amounts in seen.items()}
        for pk, number, taxable, tax in stored.iterator():
            one = lines.get(pk, Amounts())
            if (one.taxable, one.tax) != (taxable, tax):
                yield FilingProblem(number, _("Its lines do not add up to it."))


def _head(document: Document) -> Iterator[FilingProblem]:
    if not NUMBER.fullmatch(document.number):
        yield FilingProblem(
            document.number, _("The number is longer than 16 characters, or has others than the law allows.")
        )
    if document.gstin and not is_gstin(document.gstin):
        yield FilingProblem(document.number, _("The buyer’s GSTIN %s is not valid.") % document.gstin)
    if document.place not in STATES:
        yield FilingProblem(document.number, _("The place of supply is missing. Please set the state of the store."))


def _line(supply: Supply) -> Iterator[FilingProblem]:
    if not HSN.fullmatch(supply.hsn):
        said = {"product": supply.name, "hsn": supply.hsn or "–"}
        yield FilingProblem(
            supply.document.number, _("%(product)s has the HSN %(hsn)s; it must have 4, 6 or 8 figures.") % said
        )
