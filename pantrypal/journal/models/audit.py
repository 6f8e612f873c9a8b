"""Who changed what, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from structlog.contextvars import get_contextvars

from pantrypal.tenancy.models import OrgModel


class Attributable(Protocol):
    """Somebody a change can be put down to: a person, an API key or the system itself."""

    @property
    def kind(self) -> str: ...
    @property
    def ident(self) -> str: ...
    @property
    def label(self) -> str: ...


class AuditEntry(OrgModel):
    """One change, written in the transaction that made it. Rows are added, never changed.

    Ids are made here and in order of time, so the newest entries are the last ids.
    """

    at = models.DateTimeField(_("when"))
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_label = models.CharField(_("who"), max_length=254)
    action = models.CharField(max_length=60, help_text="Dotted name, such as price.changed.")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["org_id", "-at"], name="journal_audit_at"),
            models.Index(fields=["org_id", "subject_type", "subject_id", "-at"], name="journal_audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label}"

    @classmethod
    def record(
        cls, action: str, subject: models.Model, *, actor: Attributable, at: datetime, **data: Any
    ) -> AuditEntry:
        """Write the entry beside the change; `data` holds what a reader needs, old and new values."""
        return cls._write(action, subject, str(subject), actor, at, data)

    @classmethod
    def record_unnamed(
        cls, action: str, subject: models.Model, *, actor: Attributable, at: datetime, **data: Any
    ) -> AuditEntry:
        """The same about a person, called by their id: entries are never changed, and a person may be forgotten."""
        return cls._write(action, subject, str(subject.pk), actor, at, data)

    @classmethod
    def _write(
        cls, action: str, subject: models.Model, label: str, actor: Attributable, at: datetime, data: dict[str, Any]
    ) -> AuditEntry:
        return cls.objects.create(
            at=at,
            actor_kind=actor.kind,
            actor_id=actor.ident,
            actor_label=actor.label,
            action=action,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            subject_label=label[:200],
            data=data,
            request_id=str(get_contextvars().get("request_id", ""))[:64],
        )
