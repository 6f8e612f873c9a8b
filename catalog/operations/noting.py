"""Who changes prices: told to the trigger that notes them."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def noted_by(label: str, at: datetime | None = None) -> None:
    """From here to the end of the transaction, prices of products are changed by somebody of this name, now or at
    the operation's own time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pantrypal.noted_by', %s, true), set_config('pantrypal.noted_at', %s, true)",
            [label, at.isoformat() if at else ""],
        )
