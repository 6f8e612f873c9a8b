"""Payments that were asked for by a code, and the account of the provider that confirms them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from billing.links import callback_address
from billing.models import PaymentAccount, PaymentIntent, PaymentNotice
from billing.operations.asked_payments import save_payment_account
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, LedgerInline, Menu, OrgAdmin, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.http import OrgRequest

KEPT = _("Leave blank to keep the one that is there.")


class SecretInput(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """What is typed here is never shown again, not even after a mistake elsewhere in the form."""

    input_type = "password"

    def format_value(self, value: Any) -> None:
        return None


class AccountForm(RefusableForm):
    key = forms.CharField(label=_("Key secret"), required=False, help_text=KEPT, widget=SecretInput)
    webhook_key = forms.CharField(label=_("Webhook secret"), required=False, help_text=KEPT, widget=SecretInput)


@register(PaymentAccount, site=site)
class PaymentAccountAdmin(OrgAdmin):
    view_permission = change_permission = Permission.KEYS_EDIT
    menu = Menu("organization", 60, "credit_card")
    form = AccountForm
    list_display = ("provider", "key_id", "is_active")
    fields = (("provider", "is_active"), ("key_id",), ("key", "webhook_key"), "callback")
    readonly_fields = ("callback",)
    empty_hint = _("With an account of a payment provider, UPI payments confirm themselves at the till.")

    @display(description=_("webhook address"))
    def callback(self, account: PaymentAccount) -> str:
        if account._state.adding:
            return str(_("Shown once the account is saved."))
        return callback_address(account.org_id, account.pk)

    def operate(self, request: OrgRequest, row: PaymentAccount, form: Any, formsets: list[Any]) -> PaymentAccount:
        keys = {name: form.cleaned_data[name].strip() for name in ("key", "webhook_key")}
        return save_payment_account(row, **keys, **self.by(request))


class NoticeInline(LedgerInline):
    model = PaymentNotice
    view_permission = Permission.BILLS_VIEW
    verbose_name_plural = _("what the provider said")
    fields = ("at", "state", "amount", "payment_id", "outcome")
    ordering = ("id",)


@register(PaymentIntent, site=site)
class PaymentIntentAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 52, "qr_code")
    list_display = ("reference", "created_at", "store_id", "method", "amount", "state", "paid_at")
    list_filter = (StoreFilter, ("state", ChoicesDropdownFilter), ("created_at", DayFilter))
    search_fields = ("reference",)
    ordering = ("-id",)
    inlines = (NoticeInline,)
    fieldsets = (
        (None, {"fields": (("reference", "created_at"), ("store_id", "register"), ("method", "amount"))}),
        (_("Confirmation"), {"fields": (("state", "paid_at"), ("account", "payment_id"))}),
    )
    empty_hint = _("Payments that a till asks for by a code appear here.")
