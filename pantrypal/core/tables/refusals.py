"""Why a file is not read."""

from __future__ import annotations

from pantrypal.core.errors import DomainError


class FileRefused(DomainError):
    """The file is no table, or one made to break whoever reads it. `reason` is a stable word for the cause."""

    code = "file_refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason
