"""What has happened to a row, and lately in the organization: from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pantrypal.core.admin.audit_words import Change, changes_of, words_for
from pantrypal.core.admin.paging import LookAheadPaginator
from pantrypal.core.admin.scope import zone_of
from pantrypal.core.http import OrgRequest
from pantrypal.journal.models import AuditEntry

PER_PAGE = 50


def history_page(page: Any, request: OrgRequest, object_id: str) -> TemplateResponse:
    """The audit entries of one row, newest first, a page at a time."""
    row = page.get_object(request, unquote(object_id))
    if row is None:
        return page._get_obj_does_not_exist_redirect(request, page.opts, object_id)  # type: ignore[no-any-return]
    if not page.has_view_permission(request, row):
        raise PermissionDenied
    entries = LookAheadPaginator(entries_about(row), PER_PAGE).get_page(request.GET.get("p", 1))
    context = page.admin_site.each_context(request) | {
        "title": _("History: %s") % row,
        "entries": lines(entries.object_list, request),
        "page": entries,
        "original": row,
        "opts": page.opts,
    }
    return TemplateResponse(request, "admin/history.html", context)


def entries_about(row: models.Model) -> models.QuerySet[AuditEntry]:
    about = AuditEntry.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    return about.order_by("-at", "-id")


def lines(entries: Iterable[AuditEntry], request: OrgRequest) -> list[dict[str, Any]]:
    """Entries as a page prints them: when, who, what, and which values changed."""
    return [
        {
            "at": entry.at,
            "zone": zone_of(entry, request),
            "who": entry.actor_label,
            "what": words_for(entry.action),
            "subject": entry.subject_label,
            "changes": list[Change](changes_of(entry.data)),
        }
        for entry in entries
    ]
