"""manage.py verify_chain: has anything been changed, removed or slipped in after it was posted?"""

from __future__ import annotations

from collections.abc import Iterable

from billing.chain_check import check_chains
from pantrypal.core.findings import Finding
from pantrypal.core.models import Organization
from pantrypal.core.verification import VerificationCommand


class Command(VerificationCommand):
    help = "Walk the hash chain of every series of bills, credit notes and Z reports."

    def findings(self, org: Organization) -> Iterable[Finding]:
        return check_chains()
