"""What goes back by the payment provider, how far it is, and what it has refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from billing.admin.parts import link
from billing.models import ProviderRefund
from billing.operations.provider_refunds import ask_again
from pantrypal.core.access import Permission
from pantrypal.core.admin import Card, LedgerAdmin, Menu, site
from pantrypal.core.admin.filters import DayFilter
from pantrypal.core.http import OrgRequest
from pantrypal.journal.models import InboxEntry


@register(ProviderRefund, site=site)
class ProviderRefundAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 53, "currency_exchange")
    list_display = ("reference", "asked_at", "credit_note", "amount", "state", "problem", "done_at")
    list_select_related = ("intent", "refund__credit_note")
    list_filter = (("state", ChoicesDropdownFilter), ("asked_at", DayFilter))
    search_fields = ("intent__reference",)
    ordering = ("-id",)
    readonly_fields = ("reference", "credit_note", "last_try")
    fieldsets = (
        (None, {"fields": (("reference", "credit_note"), ("amount", "state"), ("asked_at", "done_at"))}),
        (_("At the provider"), {"fields": (("provider_id", "times_asked"), "problem", "last_try")}),
    )
    actions = ("once_more",)
    empty_hint = _("What a return gives back through the payment provider appears here.")

    def has_ask_permission(self, request: OrgRequest) -> bool:
        return request.actor.may(Permission.APPROVE)

    @display(description=_("payment"))
    def reference(self, row: ProviderRefund) -> str:
        return row.intent.reference

    @display(description=_("credit note"))
    def credit_note(self, row: ProviderRefund) -> SafeString | str:
        if row.refund is None:
            return str(_("by hand, at the provider"))
        note = row.refund.credit_note
        return link(f"admin/billing/creditnote/{note.pk}/change/", note.number)

    @display(description=_("last try"))
    def last_try(self, row: ProviderRefund) -> str:
        """Why it is still waiting, where the provider has not answered yet."""
        entry = InboxEntry.objects.filter(event=row.event_id).first() if row.event_id else None
        return entry.error if entry is not None and entry.error else "–"

    @action(description=_("Ask the provider again"), permissions=["ask"])
    def once_more(self, request: OrgRequest, rows: QuerySet[ProviderRefund]) -> None:
        failed = rows.filter(state=ProviderRefund.State.FAILED)
        done = sum(bool(ask_again(row, **self.by(request))) for row in failed)
        said = ngettext("%s refund is asked for again.", "%s refunds are asked for again.", done)
        self.message_user(request, said % done, messages.SUCCESS)


def _failed(request: OrgRequest) -> dict[str, Any] | None:
    failed = ProviderRefund.objects.filter(state=ProviderRefund.State.FAILED).count()
    return {"failed": failed} if failed else None


site.add_card(Card(7, "billing/admin/_failed_refunds_card.html", _failed, Permission.BILLS_VIEW))
