"""Secrets that must be read again, such as the key of a payment account: sealed, so a stolen table tells nothing."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class SealBroken(Exception):
    """The text was not sealed by this installation, or its secret is another one now."""


def seal(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises SealBroken."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise SealBroken from problem


def _fernet() -> MultiFernet:
    """Sealed with the present secret, opened also with those before it."""
    return MultiFernet([_of(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _of(secret: str) -> Fernet:
    digest = salted_hmac("core.sealing", "", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
