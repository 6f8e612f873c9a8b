"""What the buttons of an import's page do."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from catalog.admin.imports.forms import SettingsForm
from catalog.models import ImportJob, ImportRejection
from catalog.operations.imports.runs import cancel_import, start_check, start_import
from catalog.operations.imports.undoing import start_undo
from catalog.operations.imports.uploads import choose_settings, mend_rows

MENDED = re.compile(r"cell-(\d+)-(\d+)")


def act(request: Any, job: ImportJob, form: SettingsForm) -> bool:
    """Do what the pressed button says. False where the form has to be shown again with its errors."""
    by = {"actor": request.actor, "at": timezone.now()}
    match request.POST.get("do"):
        case "check":
            if not form.is_valid():
                return False
            choose_settings(job.pk, actor=request.actor, **form.cleaned_data)
            start_check(job.pk, **by)
        case "import":
            start_import(job.pk, **by)
        case "cancel":
            cancel_import(job.pk, actor=request.actor)
        case "undo":
            start_undo(job.pk, **by)
        case "fix_zeros":
            choose_settings(job.pk, actor=request.actor, remember=False, fix_zeros=True)
            _again(job, by)
        case "mend":
            mend_rows(job.pk, _mended(request, job), actor=request.actor)
            _again(job, by)
    return True


def _again(job: ImportJob, by: dict[str, Any]) -> None:
    """What has been imported is imported anew, which changes no row but those mended; else checked anew."""
    (start_import if job.state == ImportJob.State.IMPORTED else start_check)(job.pk, **by)


def _mended(request: Any, job: ImportJob) -> dict[int, list[str]]:
    """The rows whose cells differ from what was refused."""
    given: dict[int, dict[int, str]] = {}
    for name, text in request.POST.items():
        if found := MENDED.fullmatch(name):
            given.setdefault(int(found[1]), {})[int(found[2])] = text
    mended = {}
    for row in ImportRejection.objects.filter(job=job, line__in=given):
        cells = list(row.cells)
        for place, text in given[row.line].items():
            cells += [""] * (place + 1 - len(cells))
            cells[place] = text
        if cells != row.cells:
            mended[row.line] = cells
    return mended
