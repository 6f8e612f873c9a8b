"""Who sells, as documents say it."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from pantrypal.core.models import Store


def seller(store: Store) -> dict[str, str]:
    org = store.org
    return {
        "name": org.name,
        "legal_name": org.legal_name or org.name,
        "store": store.name,
        "address": store.address or org.address,
        "phone": store.phone,
        "gstin": store.own_gstin,
        "state_code": store.state_code,
        "header": store.receipt_header,
        "footer": store.receipt_footer,
    }


def seller_id(content: dict[str, str]) -> UUID:
    """Made from the content, so that the same wording is the same row without looking."""
    return uuid5(NAMESPACE_OID, json.dumps(content, sort_keys=True))


def seller_row(store: Store) -> dict[str, Any]:
    content = seller(store)
    return {"id": seller_id(content), "org_id": store.org_id, "content": content}
