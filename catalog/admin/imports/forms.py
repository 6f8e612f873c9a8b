"""What people choose about a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from catalog.importing.columns import COLUMN_NAMES, Column
from catalog.importing.settings import MAJOR, MERGE, MINOR, REFUSE, USE, Settings
from catalog.models import TaxClass


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=_("CSV, TSV, XLSX or XML, up to 50 MiB; it may be packed with gzip."),
    )
    cells = forms.CharField(
        label=_("Or paste cells"),
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=_("Copied from a spreadsheet, with the row of titles."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("file") and not (values.get("cells") or "").strip():
            raise ValidationError(_("Choose a file, or paste cells."))
        return values


class SettingsForm(forms.Form):
    """The settings of one list; `columns` of the form `column_<place>`, one for each column of the list."""

    decimal_mark = forms.ChoiceField(
        label=_("Prices are written"), choices=[(".", "1,234.50"), (",", "1.234,50")], widget=UnfoldAdminSelectWidget
    )
    money = forms.ChoiceField(label=_("Prices are in"), widget=UnfoldAdminSelectWidget)
    promotion_price = forms.ChoiceField(
        label=_("Where the price is missing or 0"),
        choices=[(USE, _("take the promotion price")), (REFUSE, _("refuse the row"))],
        widget=UnfoldAdminSelectWidget,
    )
    same_barcode = forms.ChoiceField(
        label=_("Two items with one barcode"),
        choices=[(REFUSE, _("refuse the second row")), (MERGE, _("merge it into the first item"))],
        widget=UnfoldAdminSelectWidget,
    )
    tax_class = forms.ChoiceField(label=_("Tax class, where the list names none"), widget=UnfoldAdminSelectWidget)
    fix_zeros = forms.BooleanField(label=_("Put lost leading zeros of barcodes back"), required=False)

    def __init__(self, settings: Settings, width: int, currency: str, *args: Any, **kwargs: Any) -> None:
        names = ("decimal_mark", "money", "promotion_price", "same_barcode", "tax_class", "fix_zeros")
        places = {place: column for column, place in settings.columns.items()}
        initial = {name: getattr(settings, name) for name in names}
        initial |= {f"column_{place}": places.get(place, "") for place in range(width)}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.width = width
        self._choices("money", money_units(currency))
        self._choices("tax_class", [("", _("the usual one")), *TaxClass.objects.values_list("code", "name")])
        for place in range(width):
            choices = [("", "—"), *((column.value, name) for column, name in COLUMN_NAMES.items())]
            self.fields[f"column_{place}"] = forms.ChoiceField(choices=choices, required=False)

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.required = False
        field.choices = choices

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("column_")]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{place}"] for place in range(self.width)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        columns: dict[Column, int] = {}
        for place in range(self.width):
            if name := values.pop(f"column_{place}", ""):
                if Column(name) in columns:
                    raise ValidationError(_("Two columns are “%s”. Please choose one.") % COLUMN_NAMES[Column(name)])
                columns[Column(name)] = place
        if Column.NAME not in columns:
            raise ValidationError(_("Which column holds the name?"))
        return values | {"columns": columns}


def money_units(currency: str) -> list[tuple[str, Any]]:
    units = {"INR": (_("rupees"), _("paise")), "EUR": (_("euros"), _("cents")), "GBP": (_("pounds"), _("pence"))}
    major, minor = units.get(currency, (currency, _("hundredths of %s") % currency))
    return [(MAJOR, major), (MINOR, minor)]
