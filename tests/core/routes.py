"""Every address of the site, and who may look at it and change it: the table that test_every_url.py walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from pantrypal.core.access import Permission

P = Permission
ORG_URLS, SITE_URLS = "pantrypal.org_urls", "pantrypal.urls"


@dataclass(frozen=True, slots=True)
class May:
    """Who may look and who may change; None: every member, NOBODY: no way to do it here."""

    look: P | str | None
    change: P | str | None = "nobody"


NOBODY = "nobody"

# Resources of the API, by their path below /api/v1/.
API = {
    "alert-settings": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "alerts": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "approvals": May(P.AUDIT_VIEW, P.APPROVE),
    "bills": May(P.BILLS_VIEW, P.SELL),
    "brands": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "carts": May(P.BILLS_VIEW, P.SELL),
    "categories": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "credit-notes": May(P.BILLS_VIEW, P.SELL),
    "customer-rights": May(P.CUSTOMERS_ERASE, P.CUSTOMERS_ERASE),
    "customers": May(P.CUSTOMERS_VIEW, P.CUSTOMERS_EDIT),
    "events": May(P.KEYS_EDIT),
    "exports": May(P.CATALOG_VIEW),
    "goods-receipts": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "hsn": May(P.CATALOG_VIEW),
    "imports": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "lots": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "markdowns": May(None, P.PRICE_EDIT),
    "me": May(None),
    "payment-intents": May(P.SELL, P.SELL),
    "price-lists": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "prices": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "products": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "promotions": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "purchase-invoices": May(P.STOCK_VIEW, P.PURCHASE),
    "purchase-orders": May(P.STOCK_VIEW, P.PURCHASE),
    "recalled-bills": May(P.BILLS_VIEW, P.SELL),
    "recalls": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "registers": May(P.BILLS_VIEW),
    "reorder-rules": May(P.STOCK_VIEW, P.PURCHASE),
    "reorder-suggestions": May(P.STOCK_VIEW, P.PURCHASE),
    "reports": May(P.REPORTS_VIEW),
    "reports/near-expiry": May(P.STOCK_VIEW),
    "reports/shrinkage": May(P.REPORTS_VIEW),
    "reports/stock-value": May(P.REPORTS_VIEW),
    "reports/waste": May(P.REPORTS_VIEW),
    "scan": May(P.CATALOG_VIEW),
    "shifts": May(P.BILLS_VIEW, P.SELL),
    "stock": May(P.STOCK_VIEW),
    "stock-adjustments": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "stock-counts": May(P.STOCK_VIEW, P.STOCK_COUNT),
    "stock-moves": May(P.STOCK_VIEW),
    "stores": May(None),
    "supplier-returns": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "suppliers": May(P.STOCK_VIEW, P.PURCHASE),
    "tax-classes": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "transfers": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "webhooks": May(P.KEYS_EDIT, P.KEYS_EDIT),
}

# Models of the back office. A page of it needs P.BACK_OFFICE besides.
ADMIN = {
    "billing.approval": May(P.AUDIT_VIEW),
    "billing.bill": May(P.BILLS_VIEW),
    "billing.cashmovement": May(P.BILLS_VIEW),
    "billing.creditnote": May(P.BILLS_VIEW),
    "billing.paymentaccount": May(P.KEYS_EDIT, P.KEYS_EDIT),
    "billing.paymentintent": May(P.BILLS_VIEW),
    "billing.providerrefund": May(P.BILLS_VIEW),
    "billing.reason": May(P.BILLS_VIEW, P.ORG_EDIT),
    "billing.register": May(P.BILLS_VIEW, P.REGISTERS_EDIT),
    "billing.shift": May(P.BILLS_VIEW),
    "billing.tillrules": May(P.BILLS_VIEW, P.ORG_EDIT),
    "billing.zreport": May(P.BILLS_VIEW),
    "catalog.barcode": May(P.CATALOG_VIEW),
    "catalog.brand": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.category": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.coupon": May(P.CATALOG_VIEW),
    "catalog.family": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.importjob": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.importmapping": May(P.CATALOG_VIEW),
    "catalog.price": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "catalog.pricelist": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "catalog.product": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.promotion": May(P.CATALOG_VIEW, P.PRICE_EDIT),
    "catalog.scalelabel": May(P.CATALOG_VIEW, P.CATALOG_EDIT),
    "catalog.taxclass": May(P.CATALOG_VIEW, P.ORG_EDIT),
    "core.apikey": May(P.AUDIT_VIEW, P.KEYS_EDIT),
    "core.invitation": May(P.AUDIT_VIEW, P.PEOPLE_EDIT),
    "core.membership": May(P.AUDIT_VIEW, P.PEOPLE_EDIT),
    "core.organization": May(P.AUDIT_VIEW, P.ORG_EDIT),
    "core.store": May(P.BACK_OFFICE, P.STORES_EDIT),
    "customers.customer": May(P.CUSTOMERS_VIEW, P.CUSTOMERS_EDIT),
    "inventory.alert": May(P.STOCK_VIEW),
    "inventory.alertsettings": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.goodsreceipt": May(P.STOCK_VIEW),
    "inventory.lot": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.purchaseinvoice": May(P.STOCK_VIEW, P.PURCHASE),
    "inventory.purchaseorder": May(P.STOCK_VIEW, P.PURCHASE),
    "inventory.recall": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.reorderrule": May(P.STOCK_VIEW, P.PURCHASE),
    "inventory.stockadjustment": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.stockcount": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.stocklevel": May(P.STOCK_VIEW),
    "inventory.stockmove": May(P.STOCK_VIEW),
    "inventory.stocksettings": May(P.STOCK_VIEW, P.ORG_EDIT),
    "inventory.supplier": May(P.STOCK_VIEW, P.PURCHASE),
    "inventory.supplierprice": May(P.STOCK_VIEW, P.PURCHASE),
    "inventory.supplierreturn": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "inventory.transfer": May(P.STOCK_VIEW, P.STOCK_EDIT),
    "journal.auditentry": May(P.AUDIT_VIEW),
    "journal.delivery": May(P.AUDIT_VIEW),
    "journal.inboxentry": May(P.AUDIT_VIEW),
    "journal.webhook": May(P.AUDIT_VIEW, P.KEYS_EDIT),
}

# Pages of the back office that belong to no model, by name or by its beginning up to the dash.
ADMIN_PAGES = {
    "app_list": P.BACK_OFFICE,
    "autocomplete": NOBODY,  # who names no field of a form that they may open
    "change_prices": P.PRICE_EDIT,
    "catalog_labels": P.CATALOG_VIEW,
    "change_taxes": P.ORG_EDIT,
    "count_differences": P.STOCK_EDIT,
    "coupons_file": P.PRICE_EDIT,
    "make_coupons": P.CATALOG_VIEW,
    "expires_soon": P.STOCK_VIEW,
    "catalog_export": P.CATALOG_VIEW,
    "hsn_options": P.CATALOG_VIEW,
    "import_progress": P.CATALOG_VIEW,
    "import_refused": P.CATALOG_VIEW,
    "index": P.BACK_OFFICE,
    "inventory_what_to_order": P.PURCHASE,
    "jsi18n": P.BACK_OFFICE,
    "person": P.CUSTOMERS_ERASE,
    "price_history": P.CATALOG_VIEW,
    "recalled_bills": P.BILLS_VIEW,
    "report": P.REPORTS_VIEW,
    "sales": P.REPORTS_VIEW,
    "shrinkage": P.REPORTS_VIEW,
    "stock_value": P.REPORTS_VIEW,
    "try_promotions": P.CATALOG_VIEW,
    "waste": P.REPORTS_VIEW,
}

# Other pages of an organization, by the name of the page or its beginning up to the dash.
PAGES: dict[str, P | None] = {
    "api-docs": None,
    "openapi": None,
    "org-home": None,
    "picture": P.CATALOG_VIEW,
    "receipt": P.BILLS_VIEW,
    "stock": P.STOCK_COUNT,
    "stock-ask": P.STOCK_EDIT,
    "stock-count-begin": P.STOCK_EDIT,
    "stock-transfer": P.STOCK_EDIT,
    "stock-write-off": P.STOCK_EDIT,
    "receive": P.STOCK_EDIT,
    "till": P.SELL,
}

# Pages that belong to no organization: whom they are for.
ANYBODY, SIGNED_IN, OPERATOR = "anybody", "signed in", "operator"
SITE = {
    "livez": ANYBODY,
    "readyz": ANYBODY,
    "home": SIGNED_IN,
    "language": ANYBODY,
    "invitation": ANYBODY,
    "accept-invitation": SIGNED_IN,
    "found-shop": SIGNED_IN,
    "provider-callback": ANYBODY,  # its signature is the sign-in
    "public-bill": ANYBODY,  # who has the paper: the address carries a secret
    "public-pdf": ANYBODY,
    "openapi": ANYBODY,
    "api-docs": ANYBODY,
}
# allauth answers for its own pages.
THEIR_OWN = ("account_", "mfa_", "usersessions_")


@dataclass(frozen=True, slots=True)
class Route:
    """One named address; `space` is its namespace with a colon, or nothing."""

    space: str
    name: str
    parameters: tuple[str, ...]
    view: Any
    urlconf: str

    @property
    def row(self) -> Any:
        """Its row of the table. Raises KeyError where somebody has forgotten it."""
        if self.space == "admin:" and self.urlconf == SITE_URLS:
            return OPERATOR
        if self.space == "admin:":
            return self._admin_row()
        if resource := getattr(self.view, "cls", None) and self._resource():
            return API[resource]
        if self.urlconf == ORG_URLS:
            return PAGES[_row_name(self.name, PAGES)]
        return SIGNED_IN if self.name.startswith(THEIR_OWN) else SITE[self.name]

    def path(self, values: dict[str, Any]) -> str:
        """Below the organization's own address, or from the site's root."""
        arguments = {name: values[name] for name in self.parameters}
        return reverse(self.space + self.name, urlconf=self.urlconf, kwargs=arguments)

    def _admin_row(self) -> Any:
        app, _, rest = self.name.partition("_")
        model = f"{app}.{rest.partition('_')[0]}"
        page = _row_name(self.name, ADMIN_PAGES)
        return ADMIN_PAGES[page] if page in ADMIN_PAGES else ADMIN[model]

    def _resource(self) -> str:
        return str(getattr(self.view, "initkwargs", {}).get("basename") or "")


def _row_name(name: str, rows: dict[str, Any]) -> str:
    return name if name in rows else name.partition("-")[0]


def routes(urlconf: str) -> list[Route]:
    return list(_walk(get_resolver(urlconf).url_patterns, urlconf, "", ()))


def _walk(patterns: Any, urlconf: str, space: str, before: tuple[str, ...]) -> Iterator[Route]:
    for each in patterns:
        parameters = (*before, *(each.pattern.regex.groupindex))
        if not isinstance(each, URLPattern):
            inner = f"{each.app_name}:" if each.namespace else space
            yield from _walk(each.url_patterns, urlconf, inner, parameters)
        elif each.name:
            yield Route(space, each.name, parameters, each.callback, urlconf)
