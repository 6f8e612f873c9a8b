"""Do the balances of the active organization's customers add up?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from customers.models import StoredValue
from pantrypal.core.fields import MoneyField
from pantrypal.core.findings import Finding
from pantrypal.core.money import ZERO


def check_balances() -> Iterator[Finding]:
    moved = Coalesce(Sum("entries__amount"), ZERO, output_field=MoneyField())
    wrong = StoredValue.objects.annotate(moved=moved).exclude(balance=F("moved"))
    for account in wrong.order_by("pk"):
        text = f"holds {account.balance}, but its entries add up to {account.moved}"
        yield Finding("stored value", str(account.pk), text)
