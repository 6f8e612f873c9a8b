"""What a device says of the printer beside it."""

from __future__ import annotations

from django import forms

from billing.models.register import code_page_choices, paper_choices


class PrinterForm(forms.Form):
    """Empty is as the register is set."""

    paper = forms.TypedChoiceField(choices=paper_choices, coerce=int, empty_value=None, required=False)
    code_page = forms.ChoiceField(choices=code_page_choices, required=False)
