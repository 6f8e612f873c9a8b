"""Forms that an operation may still refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from pantrypal.core.admin.scope import stores_of
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.http import OrgRequest


class RefusableForm(forms.ModelForm[models.Model]):
    """Shows the sentence of the operation that refused to save it, at the field where that is known."""

    refusal: ClassVar[DomainError | None] = None

    def full_clean(self) -> None:
        super().full_clean()
        if self.refusal is not None and self.is_bound:
            for field, sentences in sentences_of(self.refusal).items():
                self.add_error(field if field in self.fields else None, sentences)


def store_field(request: OrgRequest, field: models.Field[Any, Any] | None = None) -> forms.TypedChoiceField:
    """One of the stores that are in use and that the actor covers, as its id."""
    choices = [(str(pk), store.name) for pk, store in stores_of(request).items() if store.archived_at is None]
    label: Any = _("Store")
    if field is not None and field.verbose_name != "store id":
        label = str(field.verbose_name).capitalize()
    return forms.TypedChoiceField(label=label, choices=choices, coerce=UUID, widget=UnfoldAdminSelectWidget)


def sentences_of(refusal: DomainError) -> Mapping[Any, list[str]]:
    """What a refusal says, by field."""
    if isinstance(refusal, Invalid) and refusal.errors:
        return refusal.errors
    return {refusal.data.get("field"): [refusal.message]}


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """What was typed into an inline: its filled rows without those that were struck out."""
    return [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE") and _is_filled(form)
    ]


def _is_filled(form: Any) -> bool:
    return form.has_changed() or not form.empty_permitted
