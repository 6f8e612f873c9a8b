"""What has happened, and background work that waits for somebody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pantrypal.core.access import Permission
from pantrypal.core.admin.audit_words import ACTIONS, changes_of, words_for
from pantrypal.core.admin.base import LedgerAdmin
from pantrypal.core.admin.filters import ChoiceFilter, DayFilter
from pantrypal.core.admin.home import Card
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.operations.parked import replay
from pantrypal.journal.models import AuditEntry, InboxEntry


class ActionFilter(ChoiceFilter):
    title = _("what")
    parameter_name = "action"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return sorted(ACTIONS.items(), key=lambda item: str(item[1]))

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(action=value)


@register(AuditEntry, site=site)
class AuditAdmin(LedgerAdmin):
    view_permission = Permission.AUDIT_VIEW
    menu = Menu("organization", 60, "history")
    list_display = ("at", "actor_label", "what", "subject_label")
    list_filter = (("at", DayFilter), ActionFilter)
    search_fields = ("actor_label", "subject_label")
    search_help_text = _("Who did it, or what it was about")
    ordering = ("-at", "-id")
    fields = ("at", "actor_label", "what", "subject_label", "details", "request_id")
    readonly_fields = ("what", "details")

    @display(description=_("what"))
    def what(self, entry: AuditEntry) -> str:
        return words_for(entry.action)

    @display(description=_("details"))
    def details(self, entry: AuditEntry) -> str:
        lines = (
            (change.name, "" if change.old is None else f"{change.old} → ", change.new)
            for change in changes_of(entry.data)
        )
        return format_html_join("", "<div>{}: {}{}</div>", lines)


class ParkedFilter(ChoiceFilter):
    """Lists what waits for somebody, unless told otherwise."""

    title = _("state")
    parameter_name = "state"
    all_option = ("", _("Given up"))

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Still being tried")), ("done", _("Done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().queryset(request, queryset) if self.value() else queryset.filter(parked_at__isnull=False)

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(done_at__isnull=value == "waiting", parked_at=None)


@register(InboxEntry, site=site)
class ParkedAdmin(LedgerAdmin):
    view_permission = Permission.AUDIT_VIEW
    menu = Menu("organization", 61, "assignment_late")
    list_display = ("consumer", "topic", "since", "failures", "error", "parked_at")
    list_select_related = ("event",)
    list_filter = (ParkedFilter,)
    ordering = ("-id",)
    fields = (
        "consumer",
        "topic",
        "since",
        "about",
        "deliveries",
        "failures",
        "error",
        "next_at",
        "parked_at",
        "done_at",
    )
    readonly_fields = ("topic", "since", "about")
    actions = ("try_again",)
    empty_hint = _("Nothing has been given up: all background work is done or under way.")

    def has_replay_permission(self, request: OrgRequest) -> bool:
        return request.actor.may(Permission.ORG_EDIT)

    @display(description=_("event"))
    def topic(self, entry: InboxEntry) -> str:
        return entry.event.topic

    @display(description=_("since"))
    def since(self, entry: InboxEntry) -> Any:
        return entry.event.created_at

    @display(description=_("about"))
    def about(self, entry: InboxEntry) -> str:
        return format_html_join("", "<div>{}: {}</div>", entry.event.payload.items())

    @action(description=_("Try again"), permissions=["replay"])
    def try_again(self, request: OrgRequest, entries: QuerySet[InboxEntry]) -> None:
        done = replay(entries.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s piece of work will be tried again.", "%s pieces of work will be tried again.", done)
        self.message_user(request, said % done, messages.SUCCESS)


def _parked(request: OrgRequest) -> dict[str, Any] | None:
    parked = InboxEntry.objects.filter(parked_at__isnull=False).count()
    return {"parked": parked} if parked else None


site.add_card(Card(5, "admin/_parked_card.html", _parked, Permission.AUDIT_VIEW))
