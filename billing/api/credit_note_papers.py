"""A credit note on paper: `credit-notes/{id}/receipt`, `credit-notes/{id}/escpos` and `credit-notes/{id}/pdf`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from rest_framework.decorators import action
from rest_framework.request import Request

from billing.api.credit_notes import CreditNoteViewSet
from billing.credit_note_papers import Paper, credit_note_paper
from billing.escpos.credit_note import credit_note_bytes
from billing.escpos.settings import settings_of
from billing.models import CreditNote
from billing.pdf.rendering import credit_note_as_pdf
from billing.receipts import CREDIT_NOTE_TEMPLATE, credit_note_context
from pantrypal.core.api.documentation import documented


class CreditNotePapersViewSet(CreditNoteViewSet):
    @documented(summary="The credit note as a page for a roll of 80 mm (text/html)")
    @action(detail=True, methods=["get"])
    def receipt(self, request: Request, pk: str) -> HttpResponse:
        paper = self._paper(pk)
        with translation.override(paper.store.receipt_language):
            return render(request._request, CREDIT_NOTE_TEMPLATE, credit_note_context(paper.document))

    @documented(summary="The credit note as the bytes of its register's printer (ESC/POS)")
    @action(detail=True, methods=["get"])
    def escpos(self, request: Request, pk: str) -> HttpResponse:
        paper = self._paper(pk)
        with translation.override(paper.store.receipt_language):
            printed = credit_note_bytes(paper.document, settings_of(paper.register))
        return HttpResponse(printed, content_type="application/octet-stream")

    @documented(summary="The credit note on A4 (application/pdf)")
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        paper = self._paper(pk)
        with translation.override(paper.store.receipt_language):
            pdf = credit_note_as_pdf(paper.document)
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{paper.document["number"]}.pdf"'
        return answer

    def _paper(self, pk: str) -> Paper:
        note = self.row(CreditNote.objects.all(), pk)
        paper = credit_note_paper(note.pk, actor=self.actor)
        assert paper is not None
        return paper
