"""`imports`: a file becomes a job; then its state, its rejected rows, and what can be done with it."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

import msgspec
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.groups import GroupViewSet
from catalog.api.import_bodies import ImportAnswer, ImportChanges, ImportSettings, ImportUpload, RejectedRow
from catalog.models import ImportJob, ImportRejection
from catalog.operations.imports.runs import cancel_import, start_check, start_import
from catalog.operations.imports.undoing import start_undo
from catalog.operations.imports.uploads import choose_settings, mend_rows, upload_list
from pantrypal.core.api.bodies import decode, decode_json
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.uploads import FILE_PARSERS, read_form
from pantrypal.core.errors import Invalid


class ByLine(KeysetPage):
    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("line", "id")


class ImportViewSet(GroupViewSet):
    queryset = ImportJob.objects.all()
    parser_classes = FILE_PARSERS
    paged = ("list", "rejected_rows")
    path = "imports"

    def shown(self, row: Any) -> ImportAnswer:
        names = set(ImportAnswer.__struct_fields__) - {"sha256", "progress", "total", "by"}
        return ImportAnswer(
            sha256=row.checksum,
            progress=row.percent,
            total=str(row.total),
            by=row.actor_label,
            **{name: getattr(row, name) for name in names},
        )

    @documented(summary="List imports, newest first", answer=ImportAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(ImportJob.objects.all())

    @documented(summary="State, progress and counts of an import", answer=ImportAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(ImportJob.objects.all(), pk))

    @documented(
        summary="Bring a list of products",
        body=ImportUpload,
        body_type="multipart/form-data",
        answer=ImportAnswer,
        statuses=(201,),
    )
    def create(self, request: Request) -> Response:
        fields, file = read_form(request, "dry_run", "settings")
        begin = start_check if _flag(fields, "dry_run") else start_import
        choices = self.changes(decode_json(fields.get("settings", "{}"), ImportSettings))
        job = upload_list(cast(BinaryIO, file.file), str(file.name), choices=choices, **self.by())
        return self.added(begin(job.pk, **self.by()))

    @documented(summary="Choose settings, or put rows right", body=ImportChanges, answer=ImportAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        job = self.fresh(ImportJob.objects.all(), pk)
        body = decode(request, ImportChanges)
        if body.settings is not msgspec.UNSET:
            job = choose_settings(job.pk, actor=self.actor, **self.changes(body.settings))
        if body.rows is not msgspec.UNSET:
            job = mend_rows(job.pk, body.rows, actor=self.actor)
        return self.one(job)

    @documented(summary="Rows that were not taken over, each with its reason", answer=RejectedRow, many=True)
    @action(detail=True, methods=["get"], url_path="rejected-rows")
    def rejected_rows(self, request: Request, pk: str) -> Response:
        page = ByLine()
        rejected = ImportRejection.objects.filter(job=self.row(ImportJob.objects.all(), pk))
        rows = page.paginate_queryset(rejected, request, self) or []
        return page.get_paginated_response(
            [RejectedRow(id=row.pk, line=row.line, code=row.code, reason=row.sentence, cells=row.cells) for row in rows]
        )

    @documented(summary="Check the list, writing nothing", answer=ImportAnswer, statuses=(202,))
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        return self._begun(start_check(self._found(pk), **self.by()))

    @documented(summary="Import the list; again, where rows were put right", answer=ImportAnswer, statuses=(202,))
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        return self._begun(start_import(self._found(pk), **self.by()))

    @documented(summary="Stop; what was imported stays", answer=ImportAnswer, statuses=(202,))
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self._begun(cancel_import(self._found(pk), actor=self.actor))

    @documented(summary="Bring back the state before the import", answer=ImportAnswer, statuses=(202,))
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        return self._begun(start_undo(self._found(pk), **self.by()))

    def _found(self, pk: str) -> Any:
        return self.row(ImportJob.objects.all(), pk).pk

    def _begun(self, job: ImportJob) -> Response:
        return Response(self.shown(job), status=status.HTTP_202_ACCEPTED)


def _flag(fields: dict[str, str], name: str) -> bool:
    given = fields.get(name, "false")
    if given not in ("true", "false"):
        sentence = _("Say true or false.")
        raise Invalid(f"{name}: {sentence}", {name: [sentence]})
    return given == "true"
