"""Phone numbers in their one kept form, E.164."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext as _

from pantrypal.core.errors import Invalid


def to_e164(text: str, country: str) -> str:
    """`98123 45678` in India becomes `+919812345678`. Raises Invalid when no such number can exist."""
    sentence = _("“%s” is not a valid phone number.") % text
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise Invalid(sentence, {"phone": [sentence]}) from None
    if not phonenumbers.is_valid_number(number):
        raise Invalid(sentence, {"phone": [sentence]})
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
