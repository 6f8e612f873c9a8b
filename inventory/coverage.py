"""The stores whose rows a reader may see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

Stores = Collection[UUID] | None  # None means all of them


def covered(stores: Stores) -> dict[str, Any]:
    """The filter for rows of these stores."""
    return {} if stores is None else {"store_id__in": list(stores)}
