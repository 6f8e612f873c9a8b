"""Making the PDF of a posted bill and keeping it."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.crypto import salted_hmac

from billing.documents import bill_document
from billing.models import Bill, BillPdf
from billing.pdf.rendering import bill_as_pdf
from billing.queries import posted_bill
from pantrypal.core.models import Store


def store_bill_pdf(bill_id: UUID) -> BillPdf:
    """Render and keep the PDF; a second call for the same bill leaves the first file as it is.

    It speaks the store's language of receipts. Runs in the worker's transaction. If that is rolled back, the file
    stays behind without a row and the next try writes the same one anew.
    Raises Bill.DoesNotExist for a bill of another organization.
    """
    if kept := BillPdf.objects.filter(bill=bill_id).first():
        return kept
    posted = posted_bill(bill_id)
    if posted is None:
        raise Bill.DoesNotExist(bill_id)
    store = Store.objects.get(pk=posted.bill.store_id)
    with translation.override(store.receipt_language):
        pdf = bill_as_pdf(bill_document(posted, store=store))
    name = _file_name(posted.bill)
    default_storage.delete(name)
    return BillPdf.objects.create(bill=posted.bill, file=default_storage.save(name, ContentFile(pdf)))


def _file_name(bill: Bill) -> str:
    """Unguessable without the installation's secret, and always the same for one bill."""
    secret = salted_hmac("billing.pdf", f"{bill.org_id}/{bill.pk}", algorithm="sha256").hexdigest()
    return f"orgs/{bill.org_id}/bills/{bill.document_date:%Y-%m}/{secret}.pdf"
