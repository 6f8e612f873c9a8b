"""Which texts are said in which language: the rule that tests/architecture/test_languages.py holds.

Hindi says everything that English says. Tamil, Telugu and Kannada say what a cashier or a customer may read: the till
and what it refuses, receipts, invoices, mails, and the public page of a bill.
"""

from __future__ import annotations

EVERYWHERE = ("hi",)
AT_THE_COUNTER = ("ta", "te", "kn")

# Beginnings of paths.
COUNTER = (
    "billing/",
    "catalog/models/product.py",
    "catalog/operations/barcodes.py",
    "catalog/operations/coupons.py",
    "catalog/operations/products.py",
    "catalog/prices.py",
    "catalog/promotions/",
    "catalog/queries/scanned.py",
    "catalog/scan/",
    "customers/",
    "inventory/operations/lots.py",
    "inventory/operations/stock.py",
    "pantrypal/core/access.py",
    "pantrypal/core/actor.py",
    "pantrypal/core/form_words.py",
    "pantrypal/core/operations/pins.py",
    "pantrypal/core/queries.py",
    "pantrypal/core/validation.py",
    "pantrypal/core/views/refusals.py",
    "templates/429.html",
    "templates/500.html",
    "templates/account/login.html",
    "templates/account/logout.html",
    "templates/base.html",
    "templates/billing/",
    "templates/core/organizations.html",
    "templates/refusal",
    "templates/shared/",
    "templates/unavailable.html",
)
# What lies in there and is read by managers, owners and integrators only.
BACK_ROOM = (
    "billing/admin/",
    "billing/api/",
    "billing/apps.py",
    "billing/demo/",
    "billing/forms/founding.py",
    "billing/models/",
    "billing/operations/asked_payments.py",
    "billing/operations/founding.py",
    "billing/operations/notices.py",
    "billing/operations/provider_refunds.py",
    "billing/operations/recalls.py",
    "billing/operations/registers.py",
    "billing/operations/rules.py",
    "billing/pdf/recalls.py",
    "billing/recalled.py",
    "billing/reports/",
    "billing/views/founding.py",
    "customers/admin/",
    "customers/api/",
    "customers/apps.py",
    "customers/models/",
    "templates/billing/admin/",
    "templates/billing/email/notice.txt",
    "templates/billing/found_shop.html",
    "templates/customers/admin/",
)
# Models whose choices the till and the papers show by name.
SHOWN = tuple(f"billing/models/{name}.py" for name in ("approval", "cash", "credit_note", "message", "payment"))


def is_of_the_counter(path: str) -> bool:
    """Whether a file of code or a template, named from the repository's root, speaks to cashiers or customers."""
    return path in SHOWN or (path.startswith(COUNTER) and not path.startswith(BACK_ROOM))
