"""What every form of ours shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from pantrypal.core.errors import DomainError, Invalid


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """A refusal of the operation inside is said on the form, at its field where it has one.

    The form is valid afterwards only if nothing was refused: ask `form.errors`.
    """
    try:
        yield
    except Invalid as refusal:
        said = refusal.errors or {"__all__": [refusal.message]}
        for field, sentences in said.items():
            form.add_error(field if field in form.fields else None, list(sentences))
    except DomainError as refusal:
        form.add_error(None, refusal.message)
