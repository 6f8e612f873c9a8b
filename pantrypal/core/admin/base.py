"""Bases of every page of the back office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from unfold.admin import ModelAdmin

from pantrypal.core.access import Permission
from pantrypal.core.admin.columns import PageColumn
from pantrypal.core.admin.filters import offered_by
from pantrypal.core.admin.forms import RefusableForm, store_field
from pantrypal.core.admin.history import history_page
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.paging import LookAheadPaginator, OrgChangeList
from pantrypal.core.admin.reading import Readable
from pantrypal.core.admin.scope import covered_only
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest


class OrgAdmin(Readable, ModelAdmin):  # type: ignore[misc]
    """A page over rows of the request's organization, opened by the actor's permissions.

    A subclass states who may look and who may change (None: nobody) and saves through an operation:

        def operate(self, request, row, form, formsets): return save_brand(row, actor=..., at=...)

    A DomainError raised there becomes an error of the form, and nothing is written. Rows are archived,
    never deleted. The history is the journal's; Django's LogEntry would mix organizations.
    """

    view_permission: ClassVar[Permission | None] = None
    change_permission: ClassVar[Permission | None] = None
    can_add: ClassVar[bool] = True
    menu: ClassVar[Menu | None] = None
    org_field: ClassVar[str] = "org_id"
    page_columns: ClassVar[Sequence[PageColumn]] = ()
    empty_hint: ClassVar[Any] = ""  # what belongs here and how to start, for a list without rows

    form = RefusableForm
    paginator = LookAheadPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    list_filter_submit = True
    list_disable_select_all = True
    warn_unsaved_form = True

    # -- who may ------------------------------------------------------------------------------

    def has_view_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.view_permission is not None and request.actor.may(self.view_permission)

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.change_permission is not None and request.actor.may(self.change_permission)

    def has_add_permission(self, request: OrgRequest) -> bool:
        return self.can_add and self.has_change_permission(request)

    def has_delete_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: OrgRequest) -> bool:
        return self.has_view_permission(request)

    # -- which rows ---------------------------------------------------------------------------

    def get_queryset(self, request: OrgRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request).filter(**{self.org_field: request.org_id})
        return covered_only(rows, request)

    def get_object(self, request: OrgRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            self.prepare(request, [row])
        return row

    def prepare(self, request: OrgRequest, rows: Sequence[models.Model]) -> None:
        """Read what the columns of these rows need, for all of them at once."""
        for column in self.columns():
            column.fill(request, rows)

    def columns(self) -> list[PageColumn]:
        return [*self.page_columns, *self.admin_site.columns_of(self.model)]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Filters that the list offers, and no others: `?user__password__startswith=` must tell nothing."""
        return lookup in offered_by(self.get_list_filter(request))

    def _get_obj_does_not_exist_redirect(self, request: OrgRequest, opts: Any, object_id: str) -> Any:
        """Unknown and somebody else's answer alike; Django would redirect and repeat the id."""
        raise Http404

    # -- lists --------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[OrgChangeList]:
        return OrgChangeList

    def get_list_display(self, request: OrgRequest) -> list[Any]:
        return [*self.written(super().get_list_display(request), request), *self.admin_site.columns_of(self.model)]

    def response_action(self, request: Any, queryset: models.QuerySet[Any]) -> HttpResponseBase | None:
        try:
            with transaction.atomic():
                answer: HttpResponseBase | None = super().response_action(request, queryset)
        except DomainError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return answer

    # -- saving -------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A store is chosen by its name, among those that the actor covers."""
        return (
            store_field(request, db_field)
            if db_field.name.endswith("store_id")
            else super().formfield_for_dbfield(db_field, request, **kwargs)
        )

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponseBase:
        request.refusal = None
        try:
            answer: HttpResponseBase = super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            # What the operation had begun is rolled back. The second round only draws the form with its reason.
            request.refusal = refusal
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        return answer

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request: OrgRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: the operation wants the inlines too."""

    def save_related(self, request: OrgRequest, form: Any, formsets: list[Any], change: bool) -> None:
        saved = self.operate(request, form.instance, form, formsets)
        form.instance.pk = saved.pk

    def operate(self, request: OrgRequest, row: Any, form: Any, formsets: list[Any]) -> models.Model:
        """Save the row as the form has filled it in, with its inlines; returns what was saved."""
        raise NotImplementedError

    def by(self, request: OrgRequest) -> dict[str, Any]:
        """Who and when, for an operation: `save_brand(row, **self.by(request))`."""
        return {"actor": request.actor, "at": timezone.now()}

    # -- the journal instead of LogEntry --------------------------------------------------------

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        return []

    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """The operation has written an audit entry."""

    def log_change(self, request: Any, obj: Any, message: Any) -> None:
        """The operation has written an audit entry."""

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponseBase:
        return history_page(self, request, object_id)


class LedgerAdmin(OrgAdmin):
    """Posted documents and ledgers are read here and changed by nobody."""

    can_add = False
    sortable_by: ClassVar[Sequence[Any]] = ()  # as the index has them; anything else would sort the whole ledger

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return False
