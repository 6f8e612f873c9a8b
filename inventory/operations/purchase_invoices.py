"""Suppliers' invoices, noted for the books of input tax."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from inventory.models import PurchaseInvoice
from inventory.refusals import InvoiceTwice
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.business_time import fiscal_year
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.validation import in_places, validated
from pantrypal.journal.models import AuditEntry, OutboxEvent

AMOUNTS = ("taxable", "cgst", "sgst", "igst", "cess", "round_off", "total")
TAXES = ("cgst", "sgst", "igst", "cess")


@transaction.atomic
def save_invoice(invoice: PurchaseInvoice, *, store: Store, actor: Actor, at: datetime) -> PurchaseInvoice:
    """Note a supplier's invoice or correct it. Raises InvoiceTwice, Invalid."""
    require(actor, Permission.PURCHASE, store.pk)
    before = None if invoice._state.adding else PurchaseInvoice.objects.select_for_update().get(pk=invoice.pk)
    invoice.store_id = store.pk
    invoice.number = invoice.number.strip().upper()
    invoice.fiscal_year = fiscal_year(invoice.invoice_date, store.org.fiscal_year_start)
    invoice.noted_by, invoice.noted_at = actor.label, at
    if invoice.due_on is None:
        invoice.due_on = invoice.invoice_date + timedelta(days=invoice.supplier.payment_days)
    _require_amounts(invoice, store)
    _require_once(invoice)
    try:
        with transaction.atomic():
            validated(invoice).save()
    except IntegrityError as problem:  # somebody else has just noted the same
        raise _twice(invoice) from problem
    _tell(before, invoice, actor, at)
    return invoice


def _require_amounts(invoice: PurchaseInvoice, store: Store) -> None:
    """The paper's figures add up, and its taxes are those of one place of supply (IGST Act, sections 7 and 8)."""
    for name in AMOUNTS:
        setattr(invoice, name, in_places(getattr(invoice, name), store.org, name))
    if any(getattr(invoice, name) < 0 for name in (*TAXES, "taxable")):
        raise _wrong(_("Taxable value and taxes are not below zero."), "taxable")
    parts = sum(getattr(invoice, name) for name in (*TAXES, "taxable", "round_off"))
    if parts != invoice.total:
        raise _wrong(_("These amounts add up to %s, not to the total.") % parts, "total")
    if invoice.igst and (invoice.cgst or invoice.sgst):
        raise _wrong(_("An invoice bears either IGST or CGST and SGST."), "igst")
    if invoice.cgst != invoice.sgst:
        raise _wrong(_("CGST and SGST are always the same amount."), "sgst")


def _require_once(invoice: PurchaseInvoice) -> None:
    twins = PurchaseInvoice.objects.filter(
        supplier=invoice.supplier, fiscal_year=invoice.fiscal_year, number=invoice.number
    )
    if twins.exclude(pk=invoice.pk).exists():
        raise _twice(invoice)


def _twice(invoice: PurchaseInvoice) -> InvoiceTwice:
    sentence = _("Invoice %(number)s of %(supplier)s is in the books of this fiscal year already.")
    return InvoiceTwice(sentence % {"number": invoice.number, "supplier": invoice.supplier}, field="number")


def _wrong(sentence: str, field: str) -> Invalid:
    return Invalid(sentence, {field: [sentence]})


def _tell(before: PurchaseInvoice | None, invoice: PurchaseInvoice, actor: Actor, at: datetime) -> None:
    if before is None:
        AuditEntry.record("purchase_invoice.noted", invoice, actor=actor, at=at, total=invoice.total)
        OutboxEvent.emit("purchase_invoice.noted", invoice=str(invoice.pk), store=str(invoice.store_id))
        return
    old, new = differences(before, invoice)
    told = {name for name in new if name not in ("noted_by", "noted_at")}
    if told:
        changed = {"old": {name: old[name] for name in told}, "new": {name: new[name] for name in told}}
        AuditEntry.record("purchase_invoice.changed", invoice, actor=actor, at=at, **changed)
        OutboxEvent.emit("purchase_invoice.changed", invoice=str(invoice.pk), store=str(invoice.store_id))
