"""manage.py verify_ledgers: is every balance the sum of its entries, and does every document add up?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from billing.ledger_check import check_documents
from customers.ledger_check import check_balances
from inventory.ledger_check import check_stock
from pantrypal.core.findings import Finding
from pantrypal.core.models import Organization
from pantrypal.core.verification import VerificationCommand


class Command(VerificationCommand):
    help = "Prove stock, stored values, shifts and documents against their entries."

    def findings(self, org: Organization) -> Iterable[Finding]:
        return chain(check_stock(), check_balances(), check_documents())
