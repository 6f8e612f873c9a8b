"""Pages of the back office about what was sold, and by whom."""

from billing.admin import (
    approvals,
    bills,
    cash,
    credit_notes,
    customers,
    gstr1_pack,
    home,
    payments,
    persons,
    provider_refunds,
    recalled,
    registers,
    reports,
    rules,
    shifts,
    z_reports,
)

__all__ = [
    "approvals",
    "bills",
    "cash",
    "credit_notes",
    "customers",
    "gstr1_pack",
    "home",
    "payments",
    "persons",
    "provider_refunds",
    "recalled",
    "registers",
    "reports",
    "rules",
    "shifts",
    "z_reports",
]
