"""Registers: code, kind and printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import Register, RegisterDevice
from billing.operations.pairing import unlock_pins, unpair
from billing.operations.registers import archive_register, change_register, create_register, restore_register
from billing.queries import device_at
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, PageColumn, site
from pantrypal.core.admin.filters import ArchivedFilter, StoreFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest

SETTINGS = ("name", "kind", "paper", "code_page", "opens_drawer")


class RegisterForm(RefusableForm):
    store_id = forms.TypedChoiceField(label=_("store"), coerce=UUID)


def _devices(request: OrgRequest, registers: Sequence[Any]) -> dict[Any, str]:
    paired = RegisterDevice.objects.filter(register__in=registers, revoked_at=None)
    return {device.register_id: device.name for device in paired}


DEVICE = PageColumn("device", _("paired device"), _devices)


@register(Register, site=site)
class RegisterAdmin(OrgAdmin):
    view_permission = Permission.BILLS_VIEW
    change_permission = Permission.REGISTERS_EDIT
    menu = Menu("sales", 70, "point_of_sale")
    form = RegisterForm
    page_columns = (DEVICE,)
    list_display = ("name", "store_id", "code", "kind", "paper", DEVICE)
    list_display_links = ("name",)
    list_filter = (StoreFilter, ArchivedFilter)
    ordering = ("store_id", "code")
    actions = ("unpair", "unlock", "archive", "restore")
    fieldsets = (
        (None, {"fields": (("store_id", "code"), ("name", "kind"))}),
        (_("Printer"), {"fields": (("paper", "code_page"), ("opens_drawer",))}),
    )

    def get_readonly_fields(self, request: OrgRequest, obj: Register | None = None) -> Any:
        return self.written(["store_id", "code"] if obj is not None else [], request)

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.base_fields.pop("store_id", None)  # only read from now on
        else:
            stores = [(pk, store.name) for pk, store in stores_of(request).items() if store.archived_at is None]
            form.base_fields["store_id"].choices = stores
        return form

    def operate(self, request: OrgRequest, row: Register, form: Any, formsets: list[Any]) -> Register:
        values = {name: form.cleaned_data[name] for name in SETTINGS}
        if row._state.adding:
            store = stores_of(request)[row.store_id]
            return create_register(store=store, code=row.code, **values, **self.by(request))
        return change_register(register=row, changes=values, **self.by(request))

    @action(description=_("Unpair the device"), permissions=["change"])
    def unpair(self, request: OrgRequest, registers: QuerySet[Register]) -> None:
        for device in _paired(registers):
            unpair(device=device, **self.by(request))
        self.message_user(request, _("Unpaired. Pair the new device at the till."), messages.SUCCESS)

    @action(description=_("Let PINs be tried again"), permissions=["change"])
    def unlock(self, request: OrgRequest, registers: QuerySet[Register]) -> None:
        for device in _paired(registers):
            unlock_pins(device=device, **self.by(request))
        self.message_user(request, _("PINs are taken again."), messages.SUCCESS)

    @action(description=_("Take out of use"), permissions=["change"])
    def archive(self, request: OrgRequest, registers: QuerySet[Register]) -> None:
        for each in registers:
            archive_register(register=each, **self.by(request))
        self.message_user(request, _("Done. Their bills stay where they are."), messages.SUCCESS)

    @action(description=_("Put back into use"), permissions=["change"])
    def restore(self, request: OrgRequest, registers: QuerySet[Register]) -> None:
        for each in registers:
            restore_register(register=each, **self.by(request))
        self.message_user(request, _("Back in use."), messages.SUCCESS)


def _paired(registers: QuerySet[Register]) -> list[RegisterDevice]:
    return [device for register in registers if (device := device_at(register))]
