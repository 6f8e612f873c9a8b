"""Who may do what: one table, asked by page, API, admin and task alike."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    BACK_OFFICE = "back_office"  # enter the back office at all
    ORG_EDIT = "org.edit"  # the organization's own data, plan and taxes
    STORES_EDIT = "stores.edit"
    PEOPLE_EDIT = "people.edit"
    KEYS_EDIT = "keys.edit"  # API keys and webhooks
    AUDIT_VIEW = "audit.view"
    CATALOG_VIEW = "catalog.view"
    CATALOG_EDIT = "catalog.edit"
    PRICE_EDIT = "price.edit"
    STOCK_VIEW = "stock.view"
    STOCK_COUNT = "stock.count"  # scan in a count that somebody has opened
    STOCK_EDIT = "stock.edit"  # receive, adjust, open and post counts, transfer
    PURCHASE = "purchase"
    CUSTOMERS_VIEW = "customers.view"
    CUSTOMERS_EDIT = "customers.edit"
    CUSTOMERS_ERASE = "customers.erase"
    BILLS_VIEW = "bills.view"
    SELL = "sell"  # carts, bills, returns within the limits, own shift
    APPROVE = "approve"  # what goes over a cashier's limits
    REGISTERS_EDIT = "registers.edit"
    REPORTS_VIEW = "reports.view"


class Role(StrEnum):
    OWNER = "owner"
    STORE_MANAGER = "store_manager"
    INVENTORY_MANAGER = "inventory_manager"
    CASHIER = "cashier"
    AUDITOR = "auditor"


ROLE_NAMES = {
    Role.OWNER: _("Owner"),
    Role.STORE_MANAGER: _("Store manager"),
    Role.INVENTORY_MANAGER: _("Inventory manager"),
    Role.CASHIER: _("Cashier"),
    Role.AUDITOR: _("Auditor"),
}


def role_choices() -> list[tuple[str, str]]:
    """For model fields: a function, so that a new role makes no migration."""
    return [(role.value, str(name)) for role, name in ROLE_NAMES.items()]


P = Permission

_LOOK = frozenset({P.CATALOG_VIEW, P.STOCK_VIEW, P.CUSTOMERS_VIEW, P.BILLS_VIEW})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.STORE_MANAGER: _LOOK
    | {
        P.BACK_OFFICE,
        P.AUDIT_VIEW,
        P.CATALOG_EDIT,
        P.PRICE_EDIT,
        P.STOCK_COUNT,
        P.STOCK_COUNT,
        P.STOCK_EDIT,
        P.PURCHASE,
        P.CUSTOMERS_EDIT,
        P.SELL,
        P.APPROVE,
        P.REGISTERS_EDIT,
        P.REPORTS_VIEW,
    },
    Role.INVENTORY_MANAGER: frozenset(
        {
            P.BACK_OFFICE,
            P.CATALOG_VIEW,
            P.CATALOG_EDIT,
            P.STOCK_VIEW,
            P.STOCK_COUNT,
            P.STOCK_EDIT,
            P.PURCHASE,
            P.REPORTS_VIEW,
        }
    ),
    Role.CASHIER: _LOOK | {P.SELL, P.CUSTOMERS_EDIT, P.STOCK_COUNT},
    Role.AUDITOR: _LOOK | {P.BACK_OFFICE, P.AUDIT_VIEW, P.REPORTS_VIEW},
}

# Up to how many percent of a line and of a bill may be taken off by hand without a manager's approval.
DISCOUNT_LIMIT = 20

# What an API key may do, by the scopes it was made with.
SCOPES: dict[str, frozenset[Permission]] = {
    "catalog:read": frozenset({P.CATALOG_VIEW}),
    "catalog:write": frozenset({P.CATALOG_VIEW, P.CATALOG_EDIT, P.PRICE_EDIT}),
    "inventory:read": frozenset({P.STOCK_VIEW}),
    "inventory:write": frozenset({P.STOCK_VIEW, P.STOCK_COUNT, P.STOCK_EDIT, P.PURCHASE}),
    "customers:read": frozenset({P.CUSTOMERS_VIEW}),
    "customers:write": frozenset({P.CUSTOMERS_VIEW, P.CUSTOMERS_EDIT, P.CUSTOMERS_ERASE}),
    "billing:read": frozenset({P.BILLS_VIEW}),
    "billing:write": frozenset({P.BILLS_VIEW, P.SELL}),
    "reports:read": frozenset({P.REPORTS_VIEW}),
    "webhooks:manage": frozenset({P.KEYS_EDIT}),
}


def permissions_of_scopes(scopes: list[str]) -> frozenset[Permission]:
    return frozenset().union(*(SCOPES.get(scope, frozenset()) for scope in scopes))
