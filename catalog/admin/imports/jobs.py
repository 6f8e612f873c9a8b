"""The pages of an import: its list, the upload, and one page that says what to do next."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.contrib.admin import register
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.imports import shown
from catalog.admin.imports.acting import act
from catalog.admin.imports.forms import SettingsForm, UploadForm
from catalog.importing.settings import Settings
from catalog.models import ImportJob
from catalog.operations.exports import CONTENT_TYPES, Format
from catalog.operations.imports.uploads import CHANGEABLE, upload_list
from catalog.queries.refused import refused_cells, refused_header
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest
from pantrypal.core.queries import as_uuid
from pantrypal.core.tables.writing import write_csv

State = ImportJob.State


@register(ImportJob, site=site)
class ImportJobAdmin(LedgerAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    can_add = True
    menu = Menu("catalog", 70, "upload_file")
    empty_hint = gettext_lazy("Bring the list of your supplier or of your old till: CSV, Excel or XML, as it is.")
    list_display = (
        "file_name",
        "state",
        "rows",
        "accepted",
        "rejected",
        "created",
        "changed",
        "actor_label",
        "created_at",
    )
    list_display_links = ("file_name",)
    ordering = ("-id",)

    def has_add_permission(self, request: OrgRequest) -> bool:
        return request.actor.may(Permission.CATALOG_EDIT)

    def get_urls(self) -> list[Any]:
        progress = path(
            "<path:object_id>/progress/", self.admin_site.admin_view(self.progress_view), name="import_progress"
        )
        refused = path(
            "<path:object_id>/refused/", self.admin_site.admin_view(self.refused_view), name="import_refused"
        )
        return [progress, refused, *super().get_urls()]

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponseBase:
        """Upload a file, or paste cells."""
        self._require(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                file, name = _given(form)
                job = upload_list(file, name, actor=request.actor, at=timezone.now())
            except DomainError as refusal:
                form.add_error("file" if form.cleaned_data["file"] else "cells", refusal.message)
            else:
                return HttpResponseRedirect(address(job))
        return site.page(request, "catalog/admin/imports/upload.html", _("Bring products in"), form=form)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponseBase:
        """One import: what it is, what was found, and what can be done with it."""
        job = self._job(request, object_id)
        settings = Settings.from_json(job.settings)
        sample = shown.sample_of(job, settings)
        width = max([len(job.headers), *(len(row.cells) for row in sample)], default=0)
        form = SettingsForm(
            settings, width, request.org.currency, request.POST if "decimal_mark" in request.POST else None
        )
        if request.method == "POST":
            self._require(request)
            try:
                if act(request, job, form):
                    return HttpResponseRedirect(address(job))
            except DomainError as refusal:
                messages.error(request, refusal.message)
                return HttpResponseRedirect(address(job))
        return self._page(request, job, settings, form, sample)

    def progress_view(self, request: Any, object_id: str) -> HttpResponse:
        """The bar; where the work is over, the whole page anew."""
        job = self._job(request, object_id)
        if not job.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return TemplateResponse(request, "catalog/admin/imports/_progress.html", {"job": job})

    def refused_view(self, request: Any, object_id: str) -> HttpResponse:
        """All refused rows as CSV, each with its reason."""
        job = self._job(request, object_id)
        file = io.BytesIO()
        write_csv(file, refused_header(job), refused_cells(job))
        name = f"{job.file_name.rpartition('.')[0] or job.file_name}-{_('refused')}.csv"
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(file.getvalue(), content_type=CONTENT_TYPES[Format.CSV], headers=headers)

    def _page(
        self, request: Any, job: ImportJob, settings: Settings, form: SettingsForm, sample: Any
    ) -> TemplateResponse:
        may_change = request.actor.may(Permission.CATALOG_EDIT)
        refused = shown.refused_page(job, request.GET.get("p", ""))
        context = {
            "job": job,
            "settings": settings,
            "form": form,
            "layout": shown.layout_words(settings),
            "titled": list(zip(form.column_fields, [*job.headers, *[""] * form.width], strict=False)),
            "sample": [row.cells + [""] * (form.width - len(row.cells)) for row in sample],
            "is_changeable": may_change and job.state in CHANGEABLE,
            "may_import": may_change and request.actor.may(Permission.PRICE_EDIT),
            "may_mend": may_change and job.state in (*CHANGEABLE, State.IMPORTED),
            "may_undo": may_change and job.state in (State.IMPORTED, State.CANCELLED, State.FAILED),
            "page": refused,
            "rejected": not job.is_at_work and shown.refused_rows(refused, settings),
            "reasons": shown.reasons_of(job),
            "remarks": shown.remarks_of(job),
            "differences": shown.differences_of(job),
            "undone": shown.undone_of(job),
            "average": job.total / job.accepted if job.accepted and job.total else None,
            "has_no_prices": "no_prices" in job.remarks,
            "currency": request.org.currency,
        }
        return site.page(request, "catalog/admin/imports/job.html", job.file_name, **context)

    def _job(self, request: OrgRequest, object_id: str) -> ImportJob:
        pk = as_uuid(object_id)
        job = ImportJob.objects.filter(pk=pk).first() if pk and self.has_view_permission(request) else None
        if job is None:
            raise Http404
        return job

    def _require(self, request: HttpRequest) -> None:
        if not self.has_add_permission(cast(OrgRequest, request)):
            raise Http404


def address(job: ImportJob) -> str:
    return reverse("admin:catalog_importjob_change", args=[job.pk])


def _given(form: UploadForm) -> tuple[BinaryIO, str]:
    if file := form.cleaned_data["file"]:
        return cast(BinaryIO, file.file), str(file.name)
    return io.BytesIO(form.cleaned_data["cells"].encode()), str(_("Pasted cells"))
